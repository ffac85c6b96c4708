import type { Reading } from '../core/reading.ts';
import type { CommitFacts, PullRequestFacts } from '../core/task/facts.ts';

/** One pull request read twice, by different queries: the newer scalars, and of each list the reading that says more. */
export function mergePullRequests(before: PullRequestFacts, after: PullRequestFacts): PullRequestFacts {
  const newer = before.updatedAt > after.updatedAt ? before : after;
  return {
    ...newer,
    readyAt: after.readyAt ?? before.readyAt,
    reviewRequests: better(before.reviewRequests, after.reviewRequests),
    reviews: better(before.reviews, after.reviews),
    checks: better(before.checks, after.checks),
    commits: longer(before.commits, after.commits),
  };
}

/** The later one, unless only the earlier query asked for it. */
function better<T>(before: Reading<T>, after: Reading<T>): Reading<T> {
  if (after.known) return after;
  return before.known || after.gap.cause === 'truncated' ? before : after;
}

function longer(
  before: Reading<readonly CommitFacts[]>,
  after: Reading<readonly CommitFacts[]>,
): Reading<readonly CommitFacts[]> {
  if (!before.known || !after.known) return before.known && before.value.length > 0 ? before : after;
  return before.value.length > after.value.length ? before : after;
}
