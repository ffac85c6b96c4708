import type { Instant } from '../task/facts.ts';
import { absenceChance, TAKEN_FOR_ABSENT } from './absence-chance.ts';
import { type ChoiceSituation, chooseReviewer, hasRoom, type ScoredCandidate } from './choose-reviewer.ts';
import { assessEligibility, hoursSinceAbsence, isAway, waitsForRoom } from './eligibility.ts';
import { ASSUMED_HOURS, hoursUntilWork, workingHoursBetween } from './next-working-moment.ts';
import { capacityInForce } from './own-capacity.ts';
import { loginKey } from './past-change.ts';
import type { Eligibility, Ineligible, Reviewer, ReviewRequest, WaitingReview } from './review-facts.ts';
import type { CandidateState } from './score-candidate.ts';
import { localDay, weekdayOf } from './zone-offset.ts';

export interface RankingOptions {
  readonly now: Instant;
  /** How long a review may take; above 0. */
  readonly slaSeconds: number;
  /** Requests that wait in the queue for somebody with room. */
  readonly queued: number;
  readonly seed: number;
  /** Whether whoever is chosen is asked at once, see `assessEligibility`. */
  readonly assigns: boolean;
}

/** Everybody as one request sees them. Not for readers: it tells of absences. */
export interface ReviewerRanking {
  /** In the order of the reviewers. */
  readonly eligibility: readonly Eligibility[];
  /** Who may be asked, now or as soon as there is room, in the order in which they would be. */
  readonly candidates: readonly RankedReviewer[];
}

export interface RankedReviewer extends ScoredCandidate {
  /** How many may wait for this person at once, for a request as old as this one. */
  readonly cap: number;
}

/** Who may be asked for a review, the best first. The same facts give the same order. */
export function rankReviewers(
  request: ReviewRequest,
  reviewers: readonly Reviewer[],
  options: RankingOptions,
): ReviewerRanking {
  const situation = situationOf(request, reviewers, options);
  const eligibility = reviewers.map((one) => assessEligibility(request, one, { ...situation, ...options }));
  const of = new Map(eligibility.map((one) => [one.login, one]));
  // Who is away is compared with the others all the same: what is left must not tell that somebody is missing.
  const able = reviewers.filter((_, index) => isAbleOnce(eligibility[index]));
  const states = able.map((reviewer) => candidateStateOf(reviewer, request, options.now));
  const caps = new Map(states.map((state) => [state.login, capOf(state, situation)]));
  const { scored } = chooseReviewer(states, situation);
  const candidates = scored.filter(({ login }) => isCandidate(of.get(login)));
  return { eligibility, candidates: candidates.map((one) => ({ ...one, cap: caps.get(one.login) ?? 0 })) };
}

const isCandidate = (one: Eligibility | undefined): boolean =>
  one !== undefined && (one.isEligible || waitsForRoom(one));

/** May be asked, as soon as there is room, or they are back. */
const isAbleOnce = (one: Eligibility | undefined): boolean =>
  one !== undefined && (one.isEligible || one.reasons.every((reason) => PASSING.has(reason)));

const PASSING: ReadonlySet<Ineligible> = new Set(['away', 'at_capacity']);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function situationOf(
  request: ReviewRequest,
  reviewers: readonly Reviewer[],
  { now, slaSeconds, queued, seed }: RankingOptions,
): ChoiceSituation {
  const together = reviewers.reduce((sum, { capacity }) => sum + capacity.value, 0);
  const ageSeconds = Math.max(0, Date.parse(now) - Date.parse(request.openedAt)) / 1000;
  return {
    effort: request.effort,
    ageOverSla: ageSeconds / slaSeconds,
    overload: queued / Math.max(1, together),
    seed: seed + request.ref.number,
  };
}

/** Capacities are a hundred at most (`config-schema.ts`), and the cap gives way by parts of that. */
const MOST_WAITING = 10_000;

/** The first number of open requests that leaves no room for one more. */
function capOf(state: CandidateState, situation: ChoiceSituation): number {
  let open = 0;
  while (open < MOST_WAITING && hasRoom({ ...state, open }, situation)) open += 1;
  return open;
}

/** A person as one request sees them; without their absences, as all could see them. */
export function candidateStateOf(reviewer: Reviewer, request: ReviewRequest, now: Instant): CandidateState {
  const { login, waiting, pace, hours, absences, overdrawn, capability, scarcity } = reviewer;
  return {
    ...{ login, overdrawn },
    utilisation: absences.length === 0 ? reviewer.utilisation : reviewer.utilisationWhenThere,
    backlog: waiting.reduce((sum, { effort }) => sum + effort, 0),
    open: waiting.length,
    pace: pace.value,
    capacity: capacityInForce(reviewer),
    hoursUntilWork: hoursUntilWork({ hours: hours?.value ?? null, absences }, now),
    familiarity: request.familiarity.get(loginKey(login)) ?? 0,
    hasCapability: request.needs.every((tag) => capability.includes(tag)),
    silence: silenceOf(reviewer, now),
    hoursSinceReturn: hoursSinceAbsence(absences, now),
    scarcity: request.needs.some((tag) => scarcity.tags.includes(tag)) ? 0 : scarcity.share,
  };
}

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
