import { UserError } from '../../core/failure.ts';
import type { Instant } from '../../core/task/facts.ts';

/** `--now` freezes the clock; otherwise `clock` runs. Throws `usage` for a text that is no time. */
export function clockOf(now: string | undefined, clock: () => Instant): () => Instant {
  if (now === undefined) return clock;
  const milliseconds = Date.parse(now);
  if (Number.isNaN(milliseconds)) {
    throw new UserError('usage', `--now ${now} is not a time.`, 'Write it in UTC, for instance 2026-05-04T09:30:00Z.');
  }
  const instant = inSeconds(milliseconds);
  return () => instant;
}

export const realTime = (): Instant => inSeconds(Date.now());

/** As GitHub writes times: without fractions of a second. */
const inSeconds = (milliseconds: number): Instant => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
