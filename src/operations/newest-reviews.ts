import { loginKey } from '../core/reviewers/past-change.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { reviewGiven } from '../core/reviewers/review-given.ts';
import { withoutOverruled } from '../core/reviewers/standing-of-pull.ts';
import type { Instant } from '../core/task/facts.ts';
import { refKey } from '../core/task/identity.ts';
import { type KeptOfRequest, refOfKey } from '../store/reviewers/load-standings.ts';
import { loadUnseenPlaces } from '../store/reviewers/load-unseen-places.ts';
import type { OriginStore } from '../store/store.ts';
import type { ReviewDesk } from './review-desk.ts';
import { readAt } from './review-places.ts';

/** Everybody with what waits for them, and with what GitHub does not show of it, or not yet. */
export async function withUnseen(
  { repository, seenAt, model }: ReviewDesk,
  store: OriginStore,
  now: Instant,
): Promise<readonly Reviewer[]> {
  const unseen = await loadUnseenPlaces(
    store,
    model.reviewers.map(({ login }) => login),
    { seenAt, repositories: readAt(repository), now },
  );
  const requests = new Map(model.requests.map((request) => [refKey(request.ref), request]));
  return model.reviewers.map((reviewer) => {
    const seen = new Set(reviewer.waiting.map(({ ref }) => refKey(ref)));
    const more = (unseen.get(loginKey(reviewer.login)) ?? []).filter((key) => !seen.has(key));
    const waiting = more.map((key) => {
      const request = requests.get(key) ?? { ...UNREAD, ref: refOfKey(key) };
      return reviewGiven(request, reviewer.login);
    });
    return { ...reviewer, waiting: [...reviewer.waiting, ...waiting] };
  });
}

/** What is in a repository that was not read: taken for a change of fourteen lines. */
const UNREAD = { dueAt: null, effort: 1, familiarity: new Map() };

/** A request as the store knows it now, which may be newer than what GitHub showed. */
export function withKept(request: ReviewRequest, now: KeptOfRequest): ReviewRequest {
  const { standing } = request;
  const kept = withoutOverruled(now, standing.overruledAt);
  return {
    ...request,
    standing: {
      ...standing,
      askedByUs: [...new Set([...standing.askedByUs, ...kept.asked])],
      removedByPerson: [...new Set([...standing.removedByPerson, ...kept.removed])],
      declined: new Map([...standing.declined, ...kept.declined]),
      handedOffFrom: [...new Set([...standing.handedOffFrom, ...kept.handedOffFrom])],
    },
  };
}
