import type { Instant } from '../task/facts.ts';
import type { Absence } from './review-facts.ts';

/** Away for something new: `finish_only` as much as `off`. */
export const isAway = (absences: readonly Absence[], now: Instant): boolean =>
  absences.some(({ from, until }) => isReached(from, now) && !(until !== null && isReached(until, now)));

const isReached = (moment: Instant, now: Instant): boolean => Date.parse(moment) <= Date.parse(now);

/** Hours since the last absence ended; null where none has ended, or one is going on. */
export function hoursSinceAbsence(absences: readonly Absence[], now: Instant): number | null {
  const ends = absences.flatMap(({ until }) => (until !== null && isReached(until, now) ? [Date.parse(until)] : []));
  return ends.length === 0 || isAway(absences, now) ? null : (Date.parse(now) - Math.max(...ends)) / 3_600_000;
}
