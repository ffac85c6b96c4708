import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

interface BranchHead {
  readonly branch: string;
  readonly sha: string;
}

/** The branches whose names begin so, by name, with the commits that they are at. One request. */
export async function listBranches(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  prefix: string,
): Promise<readonly BranchHead[]> {
  const { data } = await client.rest.git
    .listMatchingRefs({ owner, repo, ref: `heads/${prefix}` })
    .catch((error: unknown) => {
      throw githubFailure(error, `list the branches of ${owner}/${repo}`);
    });
  return data.map(({ ref, object }) => ({ branch: ref.replace(/^refs\/heads\//, ''), sha: object.sha }));
}
