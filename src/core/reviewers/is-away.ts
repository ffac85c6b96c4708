import type { Instant } from '../task/facts.ts';
import type { Absence } from './review-facts.ts';

/** Away for something new: `finish_only` as much as `off`. */
export const isAway = (absences: readonly Absence[], now: Instant): boolean =>
  absences.some(({ from, until }) => isReached(from, now) && !(until !== null && isReached(until, now)));

const isReached = (moment: Instant, now: Instant): boolean => Date.parse(moment) <= Date.parse(now);

const HOUR_MS = 3_600_000;

/** An absence that was a slip, or a morning off, leaves nothing to catch up on: what was asked of others meanwhile is little. */
const LEAST_HOURS = 24;

/**
 * Hours since the last absence ended that there may be something left of to catch up on: for as long as it lasted, and nothing
 * after less than a day. Null where there is none, or one is going on.
 */
export function hoursSinceAbsence(absences: readonly Absence[], now: Instant): number | null {
  if (isAway(absences, now)) return null;
  const since = absences.flatMap(({ from, until }) => {
    if (until === null || !isReached(until, now)) return [];
    const [hours, lasted] = [hoursBetween(until, now), hoursBetween(from, until)];
    return lasted >= LEAST_HOURS && hours < lasted ? [hours] : [];
  });
  return since.length === 0 ? null : Math.min(...since);
}

const hoursBetween = (from: Instant, until: Instant): number => (Date.parse(until) - Date.parse(from)) / HOUR_MS;
