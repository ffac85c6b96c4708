import type { PullRequestFacts } from '../task/facts.ts';
import { refKey, repositoryKey } from '../task/identity.ts';
import type { ReadinessView } from './criterion.ts';
import { isForReleaseBranch } from './for-release-branch.ts';
import { headKey, indexOfScope } from './scope-index.ts';

/**
 * Whether a pull request was merged into another branch than the base of the scope, and nothing tells that the branch has
 * reached the base since: no later merged pull request of it, no commit of the base. Of another repository nobody can tell
 * what its base is, nor where the configuration names one that is not there. What a release branch, or the main one beside it, has of a task that is in the base too is meant so.
 */
export function isMergedElsewhere(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  const { scope } = view.facts;
  if (pullRequest.state !== 'merged' || pullRequest.baseRefName === scope.baseBranch) return false;
  if (scope.isBaseInDoubt) return false;
  if (repositoryKey(pullRequest.ref) !== repositoryKey(scope.repository)) return false;
  return !isBesideBase(pullRequest, view) && !hasReachedBase(pullRequest, view, new Set());
}

function isBesideBase(pullRequest: PullRequestFacts, view: ReadinessView): boolean {
  if (!pullRequest.isDefaultBase && !isForReleaseBranch(pullRequest, view)) return false;
  const tasks = indexOfScope(view).tasksOf.get(refKey(pullRequest.ref)) ?? [];
  return tasks.some((task) => view.work.pullRequestsOf(task).some(({ facts }) => isInBase(facts, view)));
}

/** `before` are those asked about already: branches may be merged into one another. */
function hasReachedBase(pullRequest: PullRequestFacts, view: ReadinessView, before: Set<PullRequestFacts>): boolean {
  if (before.has(pullRequest)) return false;
  before.add(pullRequest);
  const { mergeCommitSha, baseRefName, mergedAt } = pullRequest;
  const { baseCommits } = view.facts;
  if (baseCommits.known && baseCommits.value.some(({ sha }) => sha === mergeCommitSha)) return true;
  const above = indexOfScope(view).byHead.get(headKey(repositoryKey(pullRequest.ref), baseRefName)) ?? [];
  return above
    .filter((one) => one.state === 'merged' && (one.mergedAt ?? '') >= (mergedAt ?? ''))
    .some((one) => isInBase(one, view) || (!isReverted(one, view) && hasReachedBase(one, view, before)));
}

const isInBase = (pullRequest: PullRequestFacts, view: ReadinessView): boolean =>
  pullRequest.state === 'merged' &&
  pullRequest.baseRefName === view.facts.scope.baseBranch &&
  repositoryKey(pullRequest.ref) === repositoryKey(view.facts.scope.repository) &&
  !isReverted(pullRequest, view);

const isReverted = ({ ref }: PullRequestFacts, { work }: ReadinessView): boolean =>
  work.reverts.get(refKey(ref))?.isReverted === true;
