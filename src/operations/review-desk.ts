import type { Config } from '../core/config.ts';
import type { ReviewModel } from '../core/reviewers/build-review-model.ts';
import { type RankedReviewer, rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
import { urgencyOfRequest } from '../core/reviewers/urgency-of-request.ts';
import type { Instant } from '../core/task/facts.ts';
import { type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { OperationContext } from './operation.ts';

/** What the reviewers of one repository are chosen by, as it was read. */
export interface ReviewDesk {
  readonly context: OperationContext;
  readonly repository: RepositoryRef;
  readonly config: Config['reviewers'];
  readonly slaSeconds: number;
  readonly model: ReviewModel;
  /** Requests of this GitHub that wait for somebody with room. */
  readonly queued: number;
  /** When it began to be read, by the store's clock. */
  readonly seenAt: Instant;
}

/** Whom to ask, the best first, with and without room; `reviewers` with what they were given since. */
export function candidatesFor(
  { context, slaSeconds, queued }: ReviewDesk,
  request: ReviewRequest,
  { reviewers, assigns }: { readonly reviewers: readonly Reviewer[]; readonly assigns: boolean },
): readonly RankedReviewer[] {
  return rankReviewers(request, reviewers, { now: context.now(), slaSeconds, queued, seed: 0, assigns }).candidates;
}

/** The latest for its size first, as the simulation's queue goes, else what was opened first. */
export function byUrgency(
  desk: ReviewDesk,
  requests: readonly ReviewRequest[],
  { assigns }: { readonly assigns: boolean },
): readonly ReviewRequest[] {
  const options = { now: desk.context.now(), slaSeconds: desk.slaSeconds };
  const urgencies = new Map(
    requests.map((request) => {
      const candidates = candidatesFor(desk, request, { reviewers: desk.model.reviewers, assigns });
      return [request, urgencyOfRequest(request, candidates, options)];
    }),
  );
  const urgency = (request: ReviewRequest): number => urgencies.get(request) ?? 0;
  return requests.toSorted((one, other) => urgency(other) - urgency(one) || one.openedAt.localeCompare(other.openedAt));
}

/** Teams whose review is asked for: by a person, or by CODEOWNERS in the author's name. */
export const teamsAsked = ({ model }: ReviewDesk, { ref }: Pick<ReviewRequest, 'ref'>): readonly string[] =>
  model.pulls.get(refKey(ref))?.asked.filter((name) => !isPerson(name)) ?? [];
