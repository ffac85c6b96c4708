import type { Instant } from '../task/facts.ts';
import { ASSUMED_HOURS, workingDayOf } from './next-working-moment.ts';
import type { Learned, WorkingHours } from './review-facts.ts';
import { weekdayOf } from './zone-offset.ts';

const DAY_MS = 86_400_000;

/** One change of 60 lines a day: chosen, not measured. */
export const DEFAULT_PACE = 1.25;

/** So far back the pace, and the balance of who took on what, look. */
export const REMEMBERED_DAYS = 90;
/** Nobody is taken for absent sooner; the reference model's own threshold. */
const GAP_DAYS = 14;
/** A day counts for at most so many times the typical day with reviews: one day of approvals in bulk is no pace. */
const MOST_OF_TYPICAL = 3;
const FEWEST_REVIEWS = 3;
/** The default weighs as much as two weeks of work. */
const PRIOR_DAYS = 10;
const SLOWEST = 0.1;

export interface GivenEffort {
  readonly at: Instant;
  /** Units for this person, with familiarity. */
  readonly effort: number;
}

/**
 * Effort units that somebody reviews on a working day, from the last 90 days: what was reviewed over the working days since the
 * first review of that time. Gaps of two weeks and more are absences and count for nothing. A short history is drawn to the
 * default as if that had held for ten days more; below three reviews it is the default. Never below 0.1.
 *
 * It is what was asked as much as what is possible: whoever is asked little looks slow, at most by as much as the record is long.
 */
export function inferPace(
  given: readonly GivenEffort[],
  { now, hours }: { readonly now: Instant; readonly hours: WorkingHours | null },
): Learned<number> {
  const end = Date.parse(now);
  const own = hours ?? ASSUMED_HOURS;
  const ofLate = given.filter(({ at }) => Date.parse(at) < end && Date.parse(at) >= end - REMEMBERED_DAYS * DAY_MS);
  if (ofLate.length < FEWEST_REVIEWS) return { value: DEFAULT_PACE, basis: 'default' };
  const effortOfDay = new Map<number, number>();
  for (const { at, effort } of ofLate) {
    const day = workingDayOf(own, Date.parse(at));
    effortOfDay.set(day, (effortOfDay.get(day) ?? 0) + effort);
  }
  const days = [...effortOfDay.keys(), workingDayOf(own, end)].sort((a, b) => a - b);
  const most = MOST_OF_TYPICAL * median([...effortOfDay.values()]);
  const total = [...effortOfDay.values()].reduce((sum, effort) => sum + Math.min(effort, most), 0);
  const worked = workingDays(days, own);
  const pace = (total + PRIOR_DAYS * DEFAULT_PACE) / (worked + PRIOR_DAYS);
  return { value: Math.max(SLOWEST, pace), basis: 'history' };
}

/** Working days from the first of these days to the last, gaps aside; a day with reviews was one, whatever its name. */
function workingDays(days: readonly number[], { days: weekdays }: WorkingHours): number {
  let count = 1;
  for (const [index, day] of days.entries()) {
    const before = days[index - 1];
    if (before === undefined || day === before) continue;
    if (day - before < GAP_DAYS)
      for (let one = before + 1; one < day; one += 1) count += weekdays.includes(weekdayOf(one)) ? 1 : 0;
    count += 1;
  }
  return count;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
