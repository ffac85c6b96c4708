import { endOfDay } from '../end-of-day.ts';
import { instantAt } from '../instant-at.ts';
import type { Instant } from '../task/facts.ts';
import type { Absence, AbsenceLevel } from './review-facts.ts';

/** How an absence is written, for those who wrote something else. */
export const ABSENCE_FORM = 'two days such as `2026-12-20..2027-01-03`, both among those away, or one day';

/** Longer ones are slips of the pen, and so are those that begin later. */
const LONGEST_MS = 400 * 86_400_000;
const LATEST_MS = 731 * 86_400_000;

/**
 * Reads `2026-12-20..2027-01-03`, or one day, as whole days in UTC. The problem never repeats what was written: whoever
 * is told may stand before others.
 */
export function parseAbsence(
  range: string,
  { level, now }: { readonly level: AbsenceLevel; readonly now: Instant },
): Absence | { readonly problem: string } {
  const [first = '', last = first, ...more] = range.trim().split('..');
  const [begins, ends] = [endOfDay(first), endOfDay(last)];
  if (begins === null || ends === null || more.length > 0) return { problem: 'those are no days' };
  const [from, until] = [`${first}T00:00:00Z`, instantAt(Date.parse(ends) + 1000)];
  if (Date.parse(until) <= Date.parse(from)) return { problem: 'it ends before it begins' };
  if (Date.parse(until) <= Date.parse(now)) return { problem: 'it is over already' };
  if (Date.parse(from) - Date.parse(now) > LATEST_MS) return { problem: 'it begins more than two years from now' };
  if (Date.parse(until) - Date.parse(from) > LONGEST_MS) return { problem: 'it is longer than 400 days' };
  return { from, until, level };
}
