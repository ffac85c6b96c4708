import type { PullRequestRecord, RepositoryRecord, ReviewRecord } from './world.ts';

export type ReviewDecision = 'APPROVED' | 'CHANGES_REQUESTED' | 'REVIEW_REQUIRED';

/**
 * GitHub's review decision: null without a rule that asks for reviews. Only the latest decisive review of each person
 * who may write counts.
 */
export function reviewDecision(repository: RepositoryRecord, pull: PullRequestRecord): ReviewDecision | null {
  if (pull.requiredApprovals === 0) return null;
  const states = [...latestDecisive(pull)].flatMap(([login, review]) =>
    mayWrite(repository, login) ? [review.state] : [],
  );
  if (states.includes('changes_requested')) return 'CHANGES_REQUESTED';
  const approvals = states.filter((state) => state === 'approved').length;
  return approvals >= pull.requiredApprovals ? 'APPROVED' : 'REVIEW_REQUIRED';
}

/** Each reviewer's latest review that says yes or no; a comment does not replace it, a dismissal does. */
export function latestDecisive(pull: PullRequestRecord): Map<string, ReviewRecord> {
  const latest = new Map<string, ReviewRecord>();
  for (const review of pull.reviews) {
    if (review.state !== 'commented') latest.set(review.author, review);
  }
  return latest;
}

function mayWrite(repository: RepositoryRecord, login: string): boolean {
  const role = repository.collaborators.get(login);
  return role === 'write' || role === 'maintain' || role === 'admin';
}
