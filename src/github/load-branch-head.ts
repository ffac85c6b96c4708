import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/** The newest commit of a branch; null where there is no such branch. One request. */
export async function loadBranchHead(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<string | null> {
  const { data } = await client.rest.git
    .listMatchingRefs({ owner, repo, ref: `heads/${branch}` })
    .catch((error: unknown) => {
      throw githubFailure(error, `read the newest commit of ${branch} in ${owner}/${repo}`);
    });
  return data.find(({ ref }) => ref === `refs/heads/${branch}`)?.object.sha ?? null;
}
