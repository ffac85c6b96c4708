import type { PullRequestFacts } from '../task/facts.ts';
import { repositoryKey } from '../task/identity.ts';
import { compareRefs } from './compare-refs.ts';
import type { ReadinessFacts } from './readiness-facts.ts';

interface BaseOfScope {
  readonly scope: Pick<ReadinessFacts['scope'], 'repository' | 'baseBranch'>;
  readonly pullRequests: ReadinessFacts['pullRequests'];
  readonly work: Pick<ReadinessFacts['work'], 'pullRequests'>;
}

/** The pull requests in scope that were merged into its base branch, by name: what has to be there. */
export function mergedIntoBase({ scope, pullRequests, work }: BaseOfScope): readonly PullRequestFacts[] {
  const place = repositoryKey(scope.repository);
  return [...pullRequests]
    .flatMap((key) => work.pullRequests.get(key) ?? [])
    .filter((one) => one.state === 'merged' && one.baseRefName === scope.baseBranch && repositoryKey(one.ref) === place)
    .sort((a, b) => compareRefs(a.ref, b.ref));
}
