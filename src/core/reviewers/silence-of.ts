import type { Instant } from '../task/facts.ts';
import { absenceChance, TAKEN_FOR_ABSENT } from './absence-chance.ts';
import { isAway } from './is-away.ts';
import { ASSUMED_HOURS, workingHoursBetween } from './next-working-moment.ts';
import type { Reviewer, WaitingReview } from './review-facts.ts';
import { localDay, weekdayOf } from './zone-offset.ts';

const DAY_MS = 86_400_000;

/**
 * Chance that somebody is away: 1 for who said so, at least even for who is busy by GitHub's status and for who lets a request
 * run out in silence, else by silence, as the person's own rhythm lets expect. Who was never seen is silent since they were asked.
 */
export function silenceOf(reviewer: Reviewer, now: Instant): number {
  const { absences, isBusy, lastSeenAt, rhythm, waiting, hours } = reviewer;
  if (isAway(absences, now)) return 1;
  const days = (hours?.value ?? ASSUMED_HOURS).days;
  const since = (from: string): number => workingDays(days, Date.parse(from), Date.parse(now));
  const [asked] = waiting.flatMap(({ askedAt }) => askedAt ?? []).sort();
  const seen = lastSeenAt ?? asked;
  const unseenDays = seen === undefined ? 0 : since(seen);
  const overdueDays = asked === undefined ? 0 : Math.max(0, since(asked) - 1);
  const silence = absenceChance({ unseenDays, overdueDays: Math.min(unseenDays, overdueDays) }, rhythm);
  const isTaken = isBusy === true || waiting.some((one) => runsOutUnseen(one, reviewer, now));
  return isTaken ? Math.max(silence, TAKEN_FOR_ABSENT) : silence;
}

/** Chosen: there is a third left in which somebody else may review it. */
const SHARE_IN_SILENCE = 2 / 3;

/**
 * Whether two thirds of a request's time and a whole working day of this person have gone by since they were asked, without any
 * sign of theirs. Never where their hours are not known: a day of work may not have begun.
 */
function runsOutUnseen({ askedAt, dueAt }: WaitingReview, { hours, lastSeenAt }: Reviewer, now: Instant): boolean {
  if (askedAt === null || dueAt === null || hours === null) return false;
  const [asked, due, end] = [Date.parse(askedAt), Date.parse(dueAt), Date.parse(now)];
  if (lastSeenAt !== null && Date.parse(lastSeenAt) > asked) return false;
  if (end - asked < SHARE_IN_SILENCE * (due - asked)) return false;
  const { from, to } = hours.value;
  return workingHoursBetween(hours.value, asked, end) >= to - from;
}

/** Beyond a year it makes no difference. */
const MOST_DAYS = 365;

/** Whole working days after the one of `from` and before the one of `to`, milliseconds since 1970, in UTC. */
function workingDays(days: readonly number[], from: number, to: number): number {
  const [first, last] = [localDay('UTC', Math.max(from, to - MOST_DAYS * DAY_MS)), localDay('UTC', to)];
  let count = 0;
  for (let day = first + 1; day < last; day += 1) if (days.includes(weekdayOf(day))) count += 1;
  return count;
}
