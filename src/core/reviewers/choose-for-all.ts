import {
  assignBatch,
  type BatchOptions,
  type BatchPerson,
  type BatchRequest,
  type QueuedRequest,
} from './assign-batch.ts';
import { loginKey } from './past-change.ts';
import { createRanking, type RankedReviewer, type Ranking, type RankingOptions } from './rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from './review-facts.ts';
import { headStartOf } from './scarcity.ts';
import { type SeatedReviewer, seatReviewers } from './seat-reviewers.ts';
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
  /** Place among what waits for somebody, 0 for what is given out next; null where nobody is missing. */
  readonly place: number | null;
}

/**
 * Whom to ask for several requests at once: a backlog as one batch, so that requests do not take each other's best reviewer.
 * What one person alone can take goes before what others can, too, unless that is later by more than an SLA.
 * What finds nobody then may go beyond somebody's capacity, as far as its own age softens the cap and no further. Drafts,
 * updates of dependencies, and what has its reviewers already, get nobody and miss nobody. In the order given.
 */
export function chooseForAll(
  requests: readonly ReviewRequest[],
  reviewers: readonly Reviewer[],
  options: ForAllOptions,
): readonly RequestChoice[] {
  const ranking = createRanking(reviewers, options);
  const open = requests.flatMap((request) => toBatch(request, { reviewers, ranking, options }));
  const people = seatReviewers(open, ranking.people, options);
  const batch = { seed: options.seed, cost: costOf };
  const result = assignBatch(open, people, batch);
  const given = new Map(result.assigned.map(({ request, logins }) => [request.request, logins]));
  const missing = new Map(result.queue.map((queued) => [queued.request.request, queued.missing]));
  for (const queued of result.queue) {
    const { request } = queued.request;
    const more = beyondCapacity(queued, given, { people, batch });
    given.set(request, [...(given.get(request) ?? []), ...more.logins].sort());
    missing.set(request, more.missing);
  }
  const wanted = new Map(open.map((one) => [one.request, one]));
  // In the order of the batch's queue, which a map keeps.
  const waiting = [...missing].flatMap(([request, count]) => (count > 0 ? [request] : []));
  const places = new Map(waiting.map((request, place) => [request, place]));
  return requests.map((request) => ({
    request,
    chosen: (given.get(request) ?? []).flatMap((login) => wanted.get(request)?.ranked.get(login) ?? []),
    missing: missing.get(request) ?? 0,
    isHopeful: wanted.get(request)?.isHopeful ?? false,
    place: places.get(request) ?? null,
  }));
}

const costOf = ({ ranked }: Wanted, { login }: BatchPerson): number | null => ranked.get(login)?.score ?? null;

interface Given {
  readonly people: readonly SeatedReviewer[];
  readonly batch: BatchOptions<Wanted, SeatedReviewer>;
}

/** Who takes what is left of a request though they are full, because it has waited for so long. */
function beyondCapacity(
  { request, missing, needs }: QueuedRequest<Wanted>,
  given: ReadonlyMap<ReviewRequest, readonly string[]>,
  { people, batch }: Given,
): { readonly logins: readonly string[]; readonly missing: number } {
  const counts = new Map<string, number>();
  for (const login of [...given.values()].flat()) counts.set(login, (counts.get(login) ?? 0) + 1);
  const own = new Set(given.get(request.request));
  const roomy = people.flatMap((person) => {
    const taken = counts.get(person.login) ?? 0;
    const cap = request.ranked.get(person.login)?.cap ?? 0;
    if (own.has(person.login) || person.open + taken >= cap) return [];
    return [{ ...person, seats: [person.waitBehind(taken)] }];
  });
  if (roomy.length === 0) return { logins: [], missing };
  const { assigned, queue } = assignBatch([{ ...request, count: missing, needs }], roomy, batch);
  return { logins: assigned[0]?.logins ?? [], missing: queue[0]?.missing ?? 0 };
}

interface Wanted extends BatchRequest {
  readonly request: ReviewRequest;
  /** By login. */
  readonly ranked: ReadonlyMap<string, RankedReviewer>;
  readonly isHopeful: boolean;
}

interface ChosenAmong {
  readonly reviewers: readonly Reviewer[];
  readonly ranking: Ranking;
  readonly options: ForAllOptions;
}

function toBatch(request: ReviewRequest, { reviewers, ranking, options }: ChosenAmong): readonly Wanted[] {
  const left = seatsMissing(request, reviewers, options);
  if (left === null) return [];
  const { candidates } = ranking.rank(request);
  const { ref, openedAt, dueAt } = request;
  const out = new Set(options.passedOver?.(request));
  return [
    {
      ...{ ref, openedAt, dueAt, request, ...left },
      urgency: urgencyOfRequest(request, candidates, options) + headStartOf(request, reviewers),
      ranked: new Map(
        candidates.filter(({ login }) => !out.has(loginKey(login))).map((one) => [one.login, one] as const),
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
