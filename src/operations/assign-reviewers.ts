import type { Change } from '../core/change.ts';
import { chooseForAll, type RequestChoice } from '../core/reviewers/choose-for-all.ts';
import { loginKey } from '../core/reviewers/past-change.ts';
import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { leaseTime } from '../store/lease-time.ts';
import { assignUnderCap } from '../store/reviewers/assign-review.ts';
import { type KeptOfRequest, loadStandings, NOTHING_KEPT_OF_REQUEST } from '../store/reviewers/load-standings.ts';
import { leaveQueue, queueReview } from '../store/reviewers/review-queue.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { withKept, withUnseen } from './newest-reviews.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';
import { askAll, wishOf, withWaiting } from './review-places.ts';
import { givenTime } from './store-of.ts';

/**
 * Asks reviewers for these requests, all solved as one batch. Who was chosen takes a place in the store, which alone knows what
 * another process gave meanwhile; places that are lost to it are solved anew with what it gave. Those for whom nobody has room
 * wait in the queue.
 */
export async function assignReviewers(
  desk: ReviewDesk,
  store: OriginStore,
  requests: readonly ReviewRequest[],
): Promise<readonly ChangeOutcome[]> {
  const outcomes: ChangeOutcome[] = [];
  let left: readonly OpenRequest[] = requests.map((request) => ({ request, passedOver: [] }));
  for (let round = 0; left.length > 0; round += 1) {
    const now = await leaseTime(store.db, givenTime(desk.context));
    const kept = await loadKept(store, left, now);
    if (round === 0)
      for (const { request } of left) outcomes.push(...(await takeBackRefused(desk, request, kept(request))));
    const given = await giveOut({ desk, store, kept, now }, left);
    outcomes.push(...given.outcomes);
    left = given.left;
  }
  return outcomes;
}

interface OpenRequest {
  readonly request: ReviewRequest;
  /** Whom the store had no place for. As they are not asked again here, every round asks fewer. */
  readonly passedOver: readonly string[];
}

type KeptOf = (request: Pick<ReviewRequest, 'ref'>) => KeptOfRequest;

async function loadKept(store: OriginStore, requests: readonly OpenRequest[], now: Instant): Promise<KeptOf> {
  const refs = requests.map(({ request }) => request.ref);
  const kept = await loadStandings(store, refs, now);
  return ({ ref }) => kept.get(refKey(ref)) ?? NOTHING_KEPT_OF_REQUEST;
}

interface Giving {
  readonly desk: ReviewDesk;
  readonly store: OriginStore;
  readonly kept: KeptOf;
  readonly now: Instant;
}

interface GivenOut {
  readonly outcomes: readonly ChangeOutcome[];
  readonly left: readonly OpenRequest[];
}

async function giveOut(giving: Giving, requests: readonly OpenRequest[]): Promise<GivenOut> {
  const { desk, store, kept, now } = giving;
  const reviewers = await withUnseen(desk, store, now);
  const passedOver = new Map(requests.map((one) => [refKey(one.request.ref), one.passedOver]));
  const choices = chooseForAll(
    requests.map(({ request }) => withKept(request, kept(request))),
    reviewers,
    { ...choiceAt(desk, { assigns: true }), passedOver: ({ ref }) => passedOver.get(refKey(ref)) ?? [] },
  );
  const outcomes: ChangeOutcome[] = [];
  const left: OpenRequest[] = [];
  for (const [place, choice] of choices.entries()) {
    const held = await takePlaces(giving, choice);
    const asked = await askAll(desk, store, choice.request.ref, held);
    outcomes.push(...asked.outcomes);
    const lost = choice.chosen.filter(({ login }) => !held.includes(login)).map(({ login }) => loginKey(login));
    const before = requests[place];
    if (lost.length > 0 && before !== undefined) left.push({ ...before, passedOver: [...before.passedOver, ...lost] });
    else await noteMissing(desk, store, { ...choice, missing: choice.missing + held.length - asked.logins.length });
  }
  return { outcomes, left };
}

async function takePlaces(
  { desk, store, kept }: Giving,
  { request, chosen }: RequestChoice,
): Promise<readonly string[]> {
  if (chosen.length === 0) return [];
  return assignUnderCap(store, {
    ...wishOf(desk, request),
    count: kept(request).asked.length + chosen.length,
    removed: new Set(request.standing.removedByPerson),
    candidates: chosen.map((one) => withWaiting(one, desk.model.reviewers)),
  });
}

async function noteMissing(
  { context }: ReviewDesk,
  store: OriginStore,
  { request: { ref, needs, dueAt }, missing, isHopeful }: RequestChoice,
): Promise<void> {
  if (missing === 0 || !isHopeful) await leaveQueue(store, ref);
  else await queueReview(store, { request: ref, needs, dueAt }, givenTime(context));
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
