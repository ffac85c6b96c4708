import type { Instant } from '../task/facts.ts';
import { REMEMBERED_DAYS } from './infer-pace.ts';
import { ASSUMED_HOURS, workingHoursBetween } from './next-working-moment.ts';
import type { OwnTurn } from './own-turns.ts';
import type { Learned, WorkingHours } from './review-facts.ts';

const DAY_MS = 86_400_000;

/** Fewer answers tell nothing: one late one must not decide. */
const FEWEST_ANSWERS = 5;
/** Answers that take at most as long, of all: the slowest fifth is left out, and so is one that was forgotten. */
const SHARE_WITHIN = 0.8;

/**
 * Hours of work that somebody's requests take from their turn to the first review, at most, four times in five, from those of the
 * last 90 days. What was asked before and answered first had its turn first: the time is divided by how many those were, and one.
 * What nobody has answered yet, or what ended without this person's review, took at least as long (Kaplan and Meier's estimate).
 * What others overtook within a day of work tells nothing: until then this person was not slower than anybody is taken for.
 * Below five answers, or where four in five were never answered, it is one day of work.
 */
export function inferTurn(
  spans: readonly OwnTurn[],
  { now, hours }: { readonly now: Instant; readonly hours: WorkingHours | null },
): Learned<number> {
  const own = hours ?? ASSUMED_HOURS;
  const dayOfWork = own.to - own.from;
  const end = Date.parse(now);
  const since = end - REMEMBERED_DAYS * DAY_MS;
  const inTime = spans
    .map((span) => ({ ...span, from: Date.parse(span.from), until: Date.parse(span.until ?? now) }))
    .filter(({ from, until }) => from < until && from >= since && until <= end)
    .filter(({ from, until, isOvertaken }) => !isOvertaken || workingHoursBetween(own, from, until) > dayOfWork);
  const took = inTime.map(({ from, until, isAnswered }) => {
    const before = inTime.filter((one) => one.from <= from && one.until > from && one.until < until && one.isAnswered);
    return { hours: workingHoursBetween(own, from, until) / (before.length + 1), isAnswered };
  });
  const answers = took.filter(({ isAnswered }) => isAnswered).length;
  const value = answers < FEWEST_ANSWERS ? null : quantileOf(took);
  return value === null ? { value: dayOfWork, basis: 'default' } : { value, basis: 'history' };
}

interface Took {
  readonly hours: number;
  readonly isAnswered: boolean;
}

/** Null where so many of them were never answered. */
function quantileOf(took: readonly Took[]): number | null {
  const sorted = took.toSorted(
    (one, other) => one.hours - other.hours || Number(other.isAnswered) - Number(one.isAnswered),
  );
  let waiting = 1;
  for (const [place, { hours, isAnswered }] of sorted.entries()) {
    if (isAnswered) waiting *= 1 - 1 / (sorted.length - place);
    // Products of fractions: five answers of five leave a hair more than nothing.
    if (waiting <= 1 - SHARE_WITHIN + 1e-9) return hours;
  }
  return null;
}
