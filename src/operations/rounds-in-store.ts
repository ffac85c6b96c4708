import type { ReviewRequest } from '../core/reviewers/review-facts.ts';
import { refKey } from '../core/task/identity.ts';
import { leaseTime } from '../store/lease-time.ts';
import { assignUnderCap } from '../store/reviewers/assign-review.ts';
import { type KeptOfRequest, loadStandings, NOTHING_KEPT_OF_REQUEST } from '../store/reviewers/load-standings.ts';
import type { OriginStore } from '../store/store.ts';
import type { ReviewRounds } from './give-reviews.ts';
import { withKept, withUnseen } from './newest-reviews.ts';
import type { ReviewDesk } from './review-desk.ts';
import { bookOf, wishOf, withWaiting } from './review-places.ts';
import { givenTime } from './store-of.ts';

/** Whoever is asked takes a place in the store first, which alone knows what another process gave meanwhile. */
export const roundsInStore = (desk: ReviewDesk, store: OriginStore): ReviewRounds => ({
  book: bookOf(desk, store),
  begin: async (requests) => {
    const now = await leaseTime(store.db, givenTime(desk.context));
    const refs = requests.map(({ ref }) => ref);
    const standings = await loadStandings(store, refs, now);
    const keptOf = ({ ref }: ReviewRequest): KeptOfRequest => standings.get(refKey(ref)) ?? NOTHING_KEPT_OF_REQUEST;
    return {
      requests: requests.map((request) => withKept(request, keptOf(request))),
      reviewers: await withUnseen(desk, store, now),
      hold: ({ request, chosen }) =>
        assignUnderCap(store, {
          ...wishOf(desk, request),
          count: keptOf(request).asked.length + chosen.length,
          // Also those that hold no more, because a person asked again.
          removed: new Set([...request.standing.removedByPerson, ...keptOf(request).removed]),
          candidates: chosen.map((one) => withWaiting(one, desk.model.reviewers)),
        }),
    };
  },
});
