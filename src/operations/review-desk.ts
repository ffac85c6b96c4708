import type { Config } from '../core/config.ts';
import type { ReviewModel } from '../core/reviewers/build-review-model.ts';
import { type RankedReviewer, rankReviewers } from '../core/reviewers/rank-reviewers.ts';
import type { Reviewer, ReviewRequest } from '../core/reviewers/review-facts.ts';
import { isPerson } from '../core/reviewers/standing-of-pull.ts';
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

/** The earliest deadline first; what has none comes last, by age. */
export const byDeadline = (one: ReviewRequest, other: ReviewRequest): number =>
  (one.dueAt ?? '9').localeCompare(other.dueAt ?? '9') || one.openedAt.localeCompare(other.openedAt);

/** Teams whose review is asked for: by a person, or by CODEOWNERS in the author's name. */
export const teamsAsked = ({ model }: ReviewDesk, { ref }: Pick<ReviewRequest, 'ref'>): readonly string[] =>
  model.pulls.get(refKey(ref))?.asked.filter((name) => !isPerson(name)) ?? [];
