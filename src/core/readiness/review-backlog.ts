import { durationSeconds } from '../duration-seconds.ts';
import type { Instant, PullRequestFacts } from '../task/facts.ts';
import { refKey } from '../task/identity.ts';
import type { ReadinessView } from './criterion.ts';
import type { ReviewRequestFacts } from './readiness-facts.ts';
import { indexOfScope } from './scope-index.ts';

export interface WaitingReview {
  readonly pullRequest: PullRequestFacts;
  /** A login, or `org/team`. */
  readonly reviewer: string;
  readonly requestedAt: Instant | null;
  /** Longer open than `readiness.review_sla`; false where nobody knows since when. */
  readonly isOverSla: boolean;
}

/** Reviews that were asked for on open pull requests in scope, drafts aside, and are not there yet; by pull request. */
export function waitingReviews(view: ReadinessView): readonly WaitingReview[] {
  const { facts, config } = view;
  const dueMs = Date.parse(facts.now) - durationSeconds(config.readiness.review_sla) * 1000;
  return indexOfScope(view)
    .pullRequests.filter(({ state, isDraft }) => state === 'open' && !isDraft)
    .flatMap((pullRequest) =>
      requestsOf(pullRequest, view).map(({ reviewer, requestedAt }) => {
        const isOverSla = requestedAt !== null && Date.parse(requestedAt) < dueMs;
        return { pullRequest, reviewer, requestedAt, isOverSla };
      }),
    );
}

function requestsOf(pullRequest: PullRequestFacts, { facts }: ReadinessView): readonly ReviewRequestFacts[] {
  const timed = facts.reviewRequests?.get(refKey(pullRequest.ref));
  if (timed !== undefined) return timed;
  const names = pullRequest.reviewRequests.known ? pullRequest.reviewRequests.value : [];
  return names.map((reviewer) => ({ reviewer, requestedAt: null }));
}
