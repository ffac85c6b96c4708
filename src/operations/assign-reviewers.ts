import type { Change } from '../core/change.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { effortFor } from '../core/reviewers/score-candidate.ts';
import { seatsLeft } from '../core/reviewers/seats-left.ts';
import { type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import { assignUnderCap, type ReviewCandidate, type ReviewWish } from '../store/reviewers/assign-review.ts';
import { type KeptOfRequest, loadStandings } from '../store/reviewers/load-standings.ts';
import { leaveQueue, queueReview } from '../store/reviewers/review-queue.ts';
import { confirmAsked, isHeld, withdrawHeld } from '../store/reviewers/settle-review.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { byUrgency, candidatesFor, type ReviewDesk, teamsAsked } from './review-desk.ts';
import { givenTime } from './store-of.ts';

/**
 * Asks reviewers for these requests, one after the other, the latest for its size first; whoever got one counts as having it for the next. Those for
 * whom nobody has room wait in the queue.
 */
export async function assignReviewers(
  desk: ReviewDesk,
  store: OriginStore,
  requests: readonly ReviewRequest[],
): Promise<readonly ChangeOutcome[]> {
  const kept = await loadStandings(
    store,
    requests.map(({ ref }) => ref),
  );
  const outcomes: ChangeOutcome[] = [];
  let { reviewers } = desk.model;
  for (const request of byUrgency(desk, requests, { assigns: true })) {
    const standing = kept.get(refKey(request.ref)) ?? NOTHING;
    outcomes.push(...(await takeBackRefused(desk, request, standing)));
    const given = await assignOne({ desk, store, request, standing, reviewers });
    outcomes.push(...given.outcomes);
    reviewers = withGiven(reviewers, request, given.logins);
  }
  return outcomes;
}

const NOTHING: KeptOfRequest = { asked: [], declined: new Map(), removed: [], handedOffFrom: [] };

interface Assigning {
  readonly desk: ReviewDesk;
  readonly store: OriginStore;
  readonly request: ReviewRequest;
  readonly standing: KeptOfRequest;
  readonly reviewers: readonly Reviewer[];
}

interface Given {
  readonly logins: readonly string[];
  readonly outcomes: readonly ChangeOutcome[];
}

async function assignOne(assigning: Assigning): Promise<Given> {
  const { desk, store, request, reviewers, standing } = assigning;
  const none = { logins: [], outcomes: [] };
  const count = countForUs(assigning);
  const isLeftOut = request.isDraft || request.isDependencyBot;
  if (isLeftOut || count === 0) {
    await leaveQueue(store, request.ref);
    return none;
  }
  const candidates = candidatesFor(desk, request, { reviewers, assigns: true });
  const removed = new Set([...standing.removed, ...request.standing.removedByPerson]);
  const people = candidates.map((one) => withWaiting(one, reviewers));
  const wish = { ...wishOf(desk, request), count, removed, candidates: people };
  const chosen = await assignUnderCap(store, wish);
  const asked = await askAll(desk, store, request.ref, chosen);
  const there = (await loadStandings(store, [request.ref])).get(refKey(request.ref))?.asked.length ?? 0;
  if (there >= count || candidates.length === 0) await leaveQueue(store, request.ref);
  else {
    const { ref, needs, dueAt } = request;
    await queueReview(store, { request: ref, needs, dueAt }, givenTime(desk.context));
  }
  return asked;
}

/**
 * How many of those whom Parasol asks should be at it: as many as configured, less those whom a person asked, teams among them,
 * who reviewed, and whom a person took off without wanting somebody else.
 */
function countForUs({ desk, request, standing, reviewers }: Assigning): number {
  const { askedByUs, reviewed, removedByPerson } = request.standing;
  const authors = new Set(request.authors.map(loginKey));
  const others = { ...request.standing, reviewed: reviewed.filter((login) => !authors.has(login)) };
  const { count } = seatsLeft({ ...request, standing: others }, desk.config.count, reviewers);
  const isReplaced = (login: string): boolean => standing.handedOffFrom.includes(login);
  const removed = new Set([...removedByPerson, ...standing.removed].filter((login) => !isReplaced(login)));
  const shown = askedByUs.filter((login) => standing.asked.includes(login));
  return Math.max(0, count - teamsAsked(desk, request).length - removed.size) + shown.length;
}

/** What `assignUnderCap` has to know of a request, but for who and how many. */
export const wishOf = (
  { context, repository, seenAt }: ReviewDesk,
  { ref }: Pick<ReviewRequest, 'ref'>,
): Pick<ReviewWish, 'request' | 'seenAt' | 'repositories' | 'now'> => ({
  request: ref,
  seenAt,
  repositories: new Set([repositoryKey(repository)]),
  now: givenTime(context),
});

export function withWaiting(
  { login, cap }: Pick<ReviewCandidate, 'login' | 'cap'>,
  reviewers: readonly Reviewer[],
): ReviewCandidate {
  const waiting = reviewers.find((one) => one.login === login)?.waiting ?? [];
  return { login, cap, waiting: new Set(waiting.map(({ ref }) => refKey(ref))) };
}

/**
 * Tells GitHub of places that are held. A person who takes the request away just then wins: before the word it is not said, and
 * after it, it is taken back.
 */
export async function askAll(
  { context, config }: ReviewDesk,
  store: OriginStore,
  on: Ref,
  logins: readonly string[],
): Promise<Given> {
  const asked: string[] = [];
  const outcomes: ChangeOutcome[] = [];
  for (const login of logins) {
    const place = { request: on, login, now: givenTime(context) };
    if (!(await isHeld(store, place))) continue;
    const [told] = await applyChanges(context, [{ kind: 'request_review', on, login }]);
    if (told !== undefined) outcomes.push(told);
    // Whoever is asked already was asked by a person just now.
    if (told?.outcome !== 'done') {
      await withdrawHeld(store, place);
      continue;
    }
    if (!(await confirmAsked(store, place))) {
      outcomes.push(...(await applyChanges(context, [{ kind: 'remove_review_request', on, login }])));
      continue;
    }
    asked.push(login);
    if (config.assignee) outcomes.push(...(await applyChanges(context, [{ kind: 'add_assignee', on, login }])));
  }
  return { logins: asked, outcomes };
}

/** A request of ours that GitHub still shows, though who has it declined or a person took it from them. */
async function takeBackRefused(
  { context, config }: ReviewDesk,
  { ref: on, standing: { askedByUs } }: ReviewRequest,
  { declined, removed, handedOffFrom }: KeptOfRequest,
): Promise<readonly ChangeOutcome[]> {
  const refused = askedByUs.filter(
    (login) => declined.has(login) || removed.includes(login) || handedOffFrom.includes(login),
  );
  const changes = refused.flatMap((login): readonly Change[] => [
    { kind: 'remove_review_request', on, login },
    ...(config.assignee ? [{ kind: 'remove_assignee', on, login } as const] : []),
  ]);
  return applyChanges(context, changes);
}

/** Whoever got a request has it, also before GitHub shows it. */
function withGiven(
  reviewers: readonly Reviewer[],
  { ref, dueAt, effort, familiarity }: ReviewRequest,
  logins: readonly string[],
): readonly Reviewer[] {
  return reviewers.map((reviewer) => {
    if (!logins.includes(reviewer.login)) return reviewer;
    const units = effortFor(effort, familiarity.get(loginKey(reviewer.login)) ?? 0);
    return { ...reviewer, waiting: [...reviewer.waiting, { ref, askedAt: null, dueAt, effort: units }] };
  });
}
