import type { PullReviews, ReviewStep } from '../core/reviewers/pull-reviews.ts';
import type { Instant } from '../core/task/facts.ts';
import { type RepositoryRef, refKey } from '../core/task/identity.ts';
import { loadOpenPlaces, type OpenPlace } from '../store/reviewers/load-standings.ts';
import {
  closeRequest,
  confirmAsked,
  notePlaceGone,
  noteRemoval,
  noteReviewed,
} from '../store/reviewers/settle-review.ts';
import type { OriginStore } from '../store/store.ts';

/** What GitHub showed of a repository, and when it began to be read, by the store's clock. */
interface Seen {
  readonly repository: RepositoryRef;
  /** Open pull requests by `refKey`. */
  readonly pulls: ReadonlyMap<string, PullReviews>;
  readonly seenAt: Instant;
  /** Null: the database's. */
  readonly now: Instant | null;
}

/** GitHub may answer stale so long after a write. */
const LAG_MS = 60_000;

/** Brings places up to what GitHub shows, for the events that nobody told of. */
export async function settleOpenPlaces(store: OriginStore, seen: Seen): Promise<void> {
  for (const place of await loadOpenPlaces(store, seen.repository)) {
    const isSettled = Date.parse(place.assignedAt) < Date.parse(seen.seenAt) - LAG_MS;
    if (isSettled) await settleOne(store, place, seen);
  }
}

async function settleOne(store: OriginStore, place: OpenPlace, { pulls, now }: Seen): Promise<void> {
  const { request, login, isAsked } = place;
  const pull = pulls.get(refKey(request));
  const whose = { request, login, now };
  if (pull === undefined) return closeRequest(store, request, now);
  const isAt = (one: string | null): boolean => one?.toLowerCase() === login;
  const isShown = pull.asked.some(isAt);
  if (!isAsked) {
    if (isShown) await confirmAsked(store, whose);
    return;
  }
  const last = pull.steps.findLast((step) => 'reviewer' in step && isAt(step.reviewer));
  if (pull.reviews.some((review) => isAt(review.login) && Date.parse(review.at) >= Date.parse(place.assignedAt)))
    await noteReviewed(store, whose);
  else if (!isShown) await (isByPerson(last) ? noteRemoval(store, whose) : notePlaceGone(store, whose));
}

/** Why a bot took somebody off nobody knows. */
const isByPerson = (last: ReviewStep | undefined): boolean => last?.kind === 'removed' && !last.isByBot;
