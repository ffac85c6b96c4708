import { assignBatch, type BatchPerson, type BatchRequest } from './assign-batch.ts';
import { hasRoom } from './choose-reviewer.ts';
import { loginKey } from './past-change.ts';
import { candidateStateOf, type RankedReviewer, type RankingOptions, rankReviewers } from './rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { scoreCandidate } from './score-candidate.ts';
import { type SeatsLeft, seatsLeft } from './seats-left.ts';
import { urgencyOfRequest } from './urgency-of-request.ts';

export interface ForAllOptions extends RankingOptions {
  /** Reviewers for each. */
  readonly count: number;
  /** How many of them a request is not to get, by somebody's word: a team was asked instead, or a person took somebody off. */
  readonly spared: (request: ReviewRequest) => number;
  /** Logins in lower case who turned out to have no room for a request; absent: nobody. */
  readonly passedOver?: (request: ReviewRequest) => readonly string[];
}

/** What became of one request. */
export interface RequestChoice {
  readonly request: ReviewRequest;
  /** Whom to ask, by login; with the figures of each. */
  readonly chosen: readonly RankedReviewer[];
  /** Reviewers for whom nobody has room, or whom nobody can be. */
  readonly missing: number;
  /** Whether anybody may be asked for what is missing, as soon as they have room. */
  readonly isHopeful: boolean;
}

/**
 * Whom to ask for several requests at once: a backlog as one batch, so that requests do not take each other's best reviewer.
 * Drafts, updates of dependencies, and what has its reviewers already, get nobody and miss nobody. In the order given.
 */
export function chooseForAll(
  requests: readonly ReviewRequest[],
  reviewers: readonly Reviewer[],
  options: ForAllOptions,
): readonly RequestChoice[] {
  const open = requests.flatMap((request) => toBatch(request, reviewers, options));
  const result = assignBatch(open, peopleFor(open, reviewers, options), {
    now: options.now,
    seed: options.seed,
    cost: ({ ranked }, { login }) => ranked.get(loginKey(login))?.score ?? null,
  });
  const given = new Map(result.assigned.map(({ request, logins }) => [request.request, logins]));
  const missing = new Map(result.queue.map((queued) => [queued.request.request, queued.missing]));
  const wanted = new Map(open.map((one) => [one.request, one]));
  return requests.map((request) => ({
    request,
    chosen: (given.get(request) ?? []).flatMap((login) => wanted.get(request)?.ranked.get(loginKey(login)) ?? []),
    missing: missing.get(request) ?? 0,
    isHopeful: wanted.get(request)?.isHopeful ?? false,
  }));
}

/** How many of these requests lack a reviewer: as many wait for whoever has room. */
export const countWaiting = (
  requests: readonly ReviewRequest[],
  reviewers: readonly Reviewer[],
  options: Pick<ForAllOptions, 'count' | 'spared'>,
): number => requests.filter((request) => seatsMissing(request, reviewers, options) !== null).length;

interface Wanted extends BatchRequest {
  readonly request: ReviewRequest;
  readonly ranked: ReadonlyMap<string, RankedReviewer>;
  readonly isHopeful: boolean;
}

function toBatch(request: ReviewRequest, reviewers: readonly Reviewer[], options: ForAllOptions): readonly Wanted[] {
  const left = seatsMissing(request, reviewers, options);
  if (left === null) return [];
  const { candidates } = rankReviewers(request, reviewers, options);
  const { ref, openedAt, dueAt } = request;
  const out = new Set(options.passedOver?.(request));
  return [
    {
      ...{ ref, openedAt, dueAt, request, ...left },
      urgency: urgencyOfRequest(request, candidates, options),
      ranked: new Map(
        candidates.map((one) => [loginKey(one.login), one] as const).filter(([login]) => !out.has(login)),
      ),
      isHopeful: candidates.length > 0,
    },
  ];
}

/** What is to be found for a request, without regard to who has room; null where nobody is missing. */
export function seatsMissing(
  request: ReviewRequest,
  reviewers: readonly Reviewer[],
  options: Pick<ForAllOptions, 'count' | 'spared'>,
): SeatsLeft | null {
  if (request.isDraft || request.isDependencyBot) return null;
  const spared = options.spared(request);
  const left = seatsLeft(request, Math.max(0, options.count - spared), reviewers);
  return left.count === 0 && (left.needs.length === 0 || spared > 0) ? null : left;
}

/** How much each can be given: as much as there is room for, and beyond it what the oldest of the requests may soften. */
function peopleFor(
  open: readonly Wanted[],
  reviewers: readonly Reviewer[],
  { now, slaSeconds, queued }: ForAllOptions,
): readonly BatchPerson[] {
  const [any] = open;
  if (any === undefined) return [];
  const together = reviewers.reduce((sum, { capacity }) => sum + capacity.value, 0);
  const overload = queued / Math.max(1, together);
  const oldest = Math.max(...open.map(({ openedAt }) => (Date.parse(now) - Date.parse(openedAt)) / 1000));
  const typical = open.reduce((sum, { request }) => sum + request.effort, 0) / open.length;
  return reviewers.map((reviewer) => {
    const state = candidateStateOf(reviewer, any.request, now);
    const roomAt = (ageOverSla: number): number => {
      let more = 0;
      while (more < open.length && hasRoom({ ...state, open: state.open + more }, { ageOverSla, overload })) more += 1;
      return more;
    };
    const [room, most] = [roomAt(0), roomAt(oldest / slaSeconds)];
    const waitBehind = (others: number): number => {
      const situation = { effort: 0, typicalUtilisation: 0 };
      // Whoever is away without an end would wait an infinite time more than an infinite time, which is no number.
      const there = { ...state, hoursUntilWork: 0 };
      const behind = { ...there, backlog: state.backlog + others * typical };
      return scoreCandidate(behind, situation).wait - scoreCandidate(there, situation).wait;
    };
    const seats = Array.from({ length: most }, (_, place) => waitBehind(place));
    const { login, capability } = reviewer;
    return { login, capability, seats: seats.slice(0, room), overflow: seats.slice(room) };
  });
}
