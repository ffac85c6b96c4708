import type { RepositoryRecord } from '../world.ts';
import { repositoryUrls } from './urls.ts';

/** A branch as lists show it. */
export function serializeBranch(repository: RepositoryRecord, name: string, sha: string, baseUrl: string) {
  return {
    name,
    commit: { sha, url: `${repositoryUrls(repository, baseUrl).api}/commits/${sha}` },
    protected: false,
  };
}
