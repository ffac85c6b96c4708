import type { Instant, PullRequestFacts } from './facts.ts';

export type ReviewState = 'approved' | 'changes_requested' | 'requested' | 'none' | 'unknown';

/**
 * Where a pull request's review stands. GitHub's decision holds where a rule asks for reviews; without a rule one
 * approval in force and no request for changes count as approved.
 */
export function reviewStateOf(pullRequest: PullRequestFacts): ReviewState {
  if (pullRequest.reviewDecision === 'approved') return 'approved';
  if (pullRequest.reviewDecision === 'changes_requested') return 'changes_requested';
  if (pullRequest.reviewDecision === null) {
    if (!pullRequest.reviews.known) return 'unknown';
    if (authorsOf(pullRequest, 'changes_requested').length > 0) return 'changes_requested';
    if (pullRequest.reviews.value.some((review) => review.state === 'approved')) return 'approved';
  }
  if (!pullRequest.reviewRequests.known) return 'unknown';
  return pullRequest.reviewRequests.value.length > 0 ? 'requested' : 'none';
}

/** When the last approval in force was given; null when no review could be read. */
export function lastApprovalAt(pullRequest: PullRequestFacts): Instant | null {
  let last: Instant | null = null;
  for (const { state, submittedAt } of pullRequest.reviews.known ? pullRequest.reviews.value : [])
    if (state === 'approved' && submittedAt !== null && (last === null || submittedAt > last)) last = submittedAt;
  return last;
}

/** Those who asked for changes and have not been asked to look again since. */
export function unansweredRejecters(pullRequest: PullRequestFacts): readonly string[] {
  const asked = pullRequest.reviewRequests.known ? pullRequest.reviewRequests.value : [];
  return authorsOf(pullRequest, 'changes_requested').filter((login) => !asked.includes(login));
}

function authorsOf(pullRequest: PullRequestFacts, state: 'changes_requested'): readonly string[] {
  const reviews = pullRequest.reviews.known ? pullRequest.reviews.value : [];
  return reviews.flatMap((review) => (review.state === state && review.author !== null ? [review.author] : []));
}
