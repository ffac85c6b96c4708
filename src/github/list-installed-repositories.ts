import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/** For a client of one installation: the repositories that it may use, without archived ones. One request per 100. */
export async function listInstalledRepositories(client: GitHubClient): Promise<readonly RepositoryRef[]> {
  try {
    const all = await client.paginate(client.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
    return all.filter(({ archived }) => !archived).map(({ owner, name }) => ({ owner: owner.login, repo: name }));
  } catch (error) {
    throw githubFailure(error, 'list the repositories of the installation');
  }
}
