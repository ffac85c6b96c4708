import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { statusOf } from './status-of.ts';

type BranchRules = Awaited<ReturnType<GitHubClient['rest']['repos']['getBranchRules']>>['data'];

/**
 * What rulesets ask of a branch, in one call. It needs nothing but `metadata: read`, which whoever sees the repository has. So 403,
 * which GitHub gives for private repositories on its free plan, and 404, from an Enterprise Server before 3.11, both mean that no
 * ruleset can hold there. `what` is read, for the words of a failure, which is thrown as a `UserError`.
 */
export async function readBranchRules(
  { rest }: GitHubClient,
  { owner, repo, branch }: RepositoryRef & { readonly branch: string },
  what: string,
): Promise<BranchRules> {
  try {
    return (await rest.repos.getBranchRules({ owner, repo, branch, per_page: 100 })).data;
  } catch (error) {
    const failure = githubFailure(error, `read the ${what}`);
    const isLimit = failure instanceof UserError && failure.code === 'rate_limited';
    if (!isLimit && NO_RULES.has(statusOf(error))) return [];
    throw failure;
  }
}

const NO_RULES: ReadonlySet<number | null> = new Set([403, 404]);
