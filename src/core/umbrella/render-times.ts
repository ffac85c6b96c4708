import type { Instant } from '../task/facts.ts';

/**
 * A narrow space that untrusted text never contains (`visibleLine` turns every space into a plain one): it marks our own
 * times, so that `blankTimes` finds exactly them.
 */
const MARK = '\u202f';

/** `5 min`, `7 h`, `12 d`: minutes below two hours, hours below two days. */
export function renderAge(seconds: number): string {
  if (seconds < 2 * 3_600) return `${Math.max(1, Math.floor(seconds / 60))}${MARK}min`;
  if (seconds < 2 * 86_400) return `${Math.floor(seconds / 3_600)}${MARK}h`;
  return `${Math.floor(seconds / 86_400)}${MARK}d`;
}

/** `2026-05-04 09:30 UTC`. */
export function renderInstant(instant: Instant): string {
  const [date = '', time = ''] = new Date(instant).toISOString().split('T');
  return `${date}${MARK}${time.slice(0, 5)}${MARK}UTC`;
}

const TIMES = new RegExp(`\\d+${MARK}(?:min|h|d)\\b|[\\d-]+${MARK}\\d\\d:\\d\\d${MARK}UTC`, 'g');

/** The same text with every age and time blanked: two texts that differ only in them become equal. */
export const blankTimes = (text: string): string => text.replace(TIMES, '…');
