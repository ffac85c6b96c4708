import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { refKey } from '../core/task/identity.ts';
import { type KeptOfRequest, loadStandings } from '../store/reviewers/load-standings.ts';
import { leaveQueue, queueReview } from '../store/reviewers/review-queue.ts';
import type { OriginStore } from '../store/store.ts';
import { applyChanges, type ChangeOutcome } from './apply-changes.ts';
import { type GivenReview, giveReviews } from './give-reviews.ts';
import { choiceAt, type ReviewDesk } from './review-desk.ts';
import { roundsInStore } from './rounds-in-store.ts';
import { givenTime } from './store-of.ts';
import { tellWaiting } from './tell-waiting.ts';

interface Assigning {
  readonly requests: readonly ReviewRequest[];
  /** Those that lack nobody and may still have a comment that says so. */
  readonly served: readonly ReviewRequest[];
}

/**
 * Asks reviewers for these requests, see `giveReviews`. Those for whom nobody has room wait in the queue, and the
 * author is told when that takes long: see `tellWaiting`.
 */
export async function assignReviewers(
  desk: ReviewDesk,
  store: OriginStore,
  { requests, served }: Assigning,
): Promise<readonly ChangeOutcome[]> {
  const kept = await loadStandings(
    store,
    requests.map(({ ref }) => ref),
  );
  const outcomes: ChangeOutcome[] = [];
  for (const request of requests) {
    const known = kept.get(refKey(request.ref));
    if (known !== undefined) outcomes.push(...(await takeBackRefused(desk, request, known)));
  }
  const all = await giveReviews(desk, {
    ...{ requests, options: choiceAt(desk, { assigns: true }) },
    rounds: roundsInStore(desk, store),
  });
  for (const given of all) {
    outcomes.push(...given.outcomes);
    await noteMissing(desk, store, given);
  }
  return [...outcomes, ...(await tellWaiting(desk, all, served))];
}

/** A request of ours that GitHub still shows, though who has it declined or a person took it from them. */
async function takeBackRefused(
  { context }: ReviewDesk,
  { ref: on, standing: { askedByUs } }: ReviewRequest,
  { declined, removed, handedOffFrom }: KeptOfRequest,
): Promise<readonly ChangeOutcome[]> {
  const refused = askedByUs.filter(
    (login) => declined.has(login) || removed.includes(login) || handedOffFrom.includes(login),
  );
  return applyChanges(
    context,
    refused.map((login) => ({ kind: 'remove_review_request', on, login }) as const),
  );
}

async function noteMissing(
  { context }: ReviewDesk,
  store: OriginStore,
  { request: { ref, needs, dueAt }, missing, isHopeful }: GivenReview,
): Promise<void> {
  if (missing === 0 || !isHopeful) await leaveQueue(store, ref);
  else await queueReview(store, { request: ref, needs, dueAt }, givenTime(context));
}
