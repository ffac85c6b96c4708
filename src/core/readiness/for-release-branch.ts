import type { PullRequestFacts } from '../task/facts.ts';
import { releaseBranches } from './backports/release-branches.ts';
import type { ReadinessView } from './criterion.ts';

/** Whether it goes into a release branch, as far as the configuration names them. */
export function isForReleaseBranch({ baseRefName }: PullRequestFacts, { facts, config }: ReadinessView): boolean {
  return releaseBranches([baseRefName], config.readiness.release_branches, facts.scope.baseBranch).length > 0;
}
