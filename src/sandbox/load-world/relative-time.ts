import { instantAt } from '../../core/instant-at.ts';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const OFFSET = /^(?<sign>[-+]?)(?<parts>(?:\d+[mhdw])+)$/;

/** Whether a text is a time as world files write it: `-5d`, `-1d12h`, `+2w`, `0`, or UTC ISO-8601. */
export function isTime(text: string): boolean {
  return text === '0' || OFFSET.test(text) || !Number.isNaN(Date.parse(text));
}

/** The moment that such a text means, counted from `now`. */
export function resolveTime(text: string, now: string): string {
  if (text === '0') return now;
  const groups = OFFSET.exec(text)?.groups;
  if (groups === undefined) return instantAt(Date.parse(text));
  const parts = (groups.parts ?? '').match(/\d+[mhdw]/g) ?? [];
  const length = parts.reduce((sum, part) => sum + Number.parseInt(part, 10) * (UNITS_MS[part.slice(-1)] ?? 0), 0);
  return instantAt(Date.parse(now) + (groups.sign === '-' ? -length : length));
}
