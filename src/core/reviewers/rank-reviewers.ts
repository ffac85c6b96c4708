import type { Instant } from '../task/facts.ts';
import { type ChoiceSituation, capFor, chooseReviewer, type ScoredCandidate } from './choose-reviewer.ts';
import { assessEligibility, waitsForRoom } from './eligibility.ts';
import type { Eligibility, Ineligible, Reviewer, ReviewRequest } from './review-facts.ts';
import { type ReviewerNow, reviewerNow, stateFor } from './reviewer-now.ts';

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
export const rankReviewers = (
  request: ReviewRequest,
  reviewers: readonly Reviewer[],
  options: RankingOptions,
): ReviewerRanking => createRanking(reviewers, options).rank(request);

/** The same for many requests: what depends on nobody but a person is worked out once. */
export interface Ranking {
  /** In the order of the reviewers. */
  readonly people: readonly ReviewerNow[];
  readonly rank: (request: ReviewRequest) => ReviewerRanking;
}

export function createRanking(reviewers: readonly Reviewer[], options: RankingOptions): Ranking {
  const people = reviewers.map((one) => reviewerNow(one, options.now));
  const together = reviewers.reduce((sum, { capacity }) => sum + capacity.value, 0);
  return { people, rank: (request) => rankFor(request, { ...options, people, together }) };
}

interface RankedAmong extends RankingOptions {
  readonly people: readonly ReviewerNow[];
  /** How many requests may wait for all of them, as everybody may know. */
  readonly together: number;
}

function rankFor(request: ReviewRequest, among: RankedAmong): ReviewerRanking {
  const situation = situationOf(request, among);
  const { people, assigns } = among;
  const judged = { ...situation, assigns };
  const eligibility = people.map((one) => assessEligibility(request, one, judged));
  // Who is away is compared with the others all the same: what is left must not tell that somebody is missing.
  const states = people.flatMap((one, index) => (isAbleOnce(eligibility[index]) ? [stateFor(one, request)] : []));
  const asked = new Map<string, number>();
  for (const [index, { state }] of people.entries())
    if (isCandidate(eligibility[index])) asked.set(state.login, Math.min(MOST_WAITING, capFor(state, situation)));
  const { scored } = chooseReviewer(states, situation);
  const candidates = scored.flatMap((one) => {
    const cap = asked.get(one.login);
    return cap === undefined ? [] : [{ ...one, cap }];
  });
  return { eligibility, candidates };
}

const isCandidate = (one: Eligibility | undefined): boolean =>
  one !== undefined && (one.isEligible || waitsForRoom(one));

/** May be asked, as soon as there is room, or they are back. */
const isAbleOnce = (one: Eligibility | undefined): boolean =>
  one !== undefined && (one.isEligible || one.reasons.every((reason) => PASSING.has(reason)));

const PASSING: ReadonlySet<Ineligible> = new Set(['away', 'at_capacity']);

/** Capacities are a hundred at most (`config-schema.ts`), and the cap gives way by parts of that. */
const MOST_WAITING = 10_000;

function situationOf(
  request: ReviewRequest,
  { now, slaSeconds, queued, seed, together }: RankedAmong,
): ChoiceSituation {
  const ageSeconds = Math.max(0, Date.parse(now) - Date.parse(request.openedAt)) / 1000;
  return {
    effort: request.effort,
    ageOverSla: ageSeconds / slaSeconds,
    overload: queued / Math.max(1, together),
    seed: seed + request.ref.number,
  };
}
