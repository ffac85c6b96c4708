import { ghCommandOn } from '../gh-command.ts';
import type { PullRequestFacts, ReviewFacts } from '../task/facts.ts';
import { formatRef } from '../task/identity.ts';
import { actorOf, maintainer } from './actors.ts';
import type { Action, Actor } from './report-schema.ts';

interface StaleApproval {
  /** The newest of the approvals. */
  readonly review: ReviewFacts;
  readonly actor: Actor;
  readonly action: Action;
}

/**
 * Whether every approval in force is for another commit than the head, so that nobody has approved what would be merged,
 * and who has to look again. Null where one is for the head, or where nobody can tell.
 */
export function staleApprovalOf(pullRequest: PullRequestFacts): StaleApproval | null {
  const { ref, url, headSha, reviews } = pullRequest;
  if (pullRequest.state !== 'open' || !reviews.known) return null;
  const approvals = reviews.value.filter(({ state }) => state === 'approved');
  const review = approvals.toSorted(bySubmission).at(-1);
  const isStale = approvals.every(({ commitSha }) => commitSha !== null && commitSha !== headSha);
  if (review === undefined || !isStale) return null;
  return {
    review,
    actor: review.author === null ? maintainer(ref) : actorOf(review.author),
    action: {
      text: `look at ${formatRef(ref)} again, and approve its present head`,
      command: reviewCommand(pullRequest),
      url,
    },
  };
}

const bySubmission = (a: ReviewFacts, b: ReviewFacts): number =>
  (a.submittedAt ?? '') < (b.submittedAt ?? '') ? -1 : (a.submittedAt ?? '') > (b.submittedAt ?? '') ? 1 : 0;

/** Shows what is to be reviewed. `gh pr review` asks for the verdict, which an agent cannot answer and no command may assume. */
export const reviewCommand = (pullRequest: Pick<PullRequestFacts, 'ref' | 'url'>): string =>
  ghCommandOn('pr diff', pullRequest);
