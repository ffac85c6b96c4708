import type { Config } from '../core/config.ts';
import type { WantedBackports } from '../core/readiness/backports/backport.ts';
import { refKey, repositoryKey } from '../core/task/identity.ts';
import type { BackportQuestion } from './backport-question.ts';
import type { Gathering } from './gathering.ts';
import type { ScopeMembers } from './load-scope-members.ts';
import { loadWantedBackports } from './load-wanted-backports.ts';

interface BackportScope extends Pick<BackportQuestion, 'repository'> {
  readonly members: ScopeMembers;
  readonly config: Config['readiness'];
  readonly defaultBranch: string;
}

/** What a scope asks of release branches; nothing is read where it asks nothing. */
export async function loadScopeBackports(gathering: Gathering, scope: BackportScope): Promise<WantedBackports> {
  const question = scope.config.criteria.backports === 'off' ? null : questionOf(scope);
  return question === null ? { main: null, branches: [], gaps: [] } : loadWantedBackports(gathering, question);
}

/** A release branch that is the scope asks for everything that is marked for it; other scopes for what is marked of their own. */
function questionOf({ repository, members, config, defaultBranch }: BackportScope): BackportQuestion | null {
  const { selector, baseBranch, since, pullRequests, work } = members;
  if (selector.kind === 'branch' && baseBranch !== defaultBranch) {
    return { repository, main: defaultBranch, config, branch: baseBranch, since: since ?? '', isAsked: () => true };
  }
  const merged = [...pullRequests]
    .flatMap((key) => work.pullRequests.get(key) ?? [])
    .filter(({ ref, baseRefName }) => baseRefName === baseBranch && repositoryKey(ref) === repositoryKey(repository));
  const [first] = merged.flatMap(({ mergedAt }) => mergedAt ?? []).sort();
  if (first === undefined) return null;
  const keys = new Set(merged.map(({ ref }) => refKey(ref)));
  return { repository, main: baseBranch, config, branch: null, since: first, isAsked: (key) => keys.has(key) };
}
