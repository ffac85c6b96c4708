import type { Ref, RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/**
 * The issues of a repository that have sub-issues, oldest first, told by the summary that each issue carries: one
 * request per 100 issues.
 */
export async function listUmbrellaRefs(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { openOnly = false }: { readonly openOnly?: boolean } = {},
): Promise<readonly Ref[]> {
  const state = openOnly ? 'open' : 'all';
  try {
    const all = await client.paginate(client.rest.issues.listForRepo, {
      owner,
      repo,
      state,
      direction: 'asc',
      per_page: 100,
    });
    return all
      .filter((issue) => issue.pull_request === undefined && (issue.sub_issues_summary?.total ?? 0) > 0)
      .map(({ number }) => ({ owner, repo, number }));
  } catch (error) {
    throw githubFailure(error, `list the issues of ${owner}/${repo}`);
  }
}
