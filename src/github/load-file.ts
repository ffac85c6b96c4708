import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { statusOf } from './status-of.ts';

interface LoadedFile {
  readonly text: string;
  readonly sha: string;
  readonly url: string | null;
}

/** A file of the default branch; null when there is none at the path. */
export async function loadFile(
  client: GitHubClient,
  repository: RepositoryRef,
  path: string,
): Promise<LoadedFile | null> {
  const content = await loadContent(client, repository, path);
  if (content === null || Array.isArray(content) || !('content' in content)) return null;
  return { text: Buffer.from(content.content, 'base64').toString('utf8'), sha: content.sha, url: content.html_url };
}

/** The paths of what is in a folder of the default branch; none when there is no such folder. */
export async function listFolder(
  client: GitHubClient,
  repository: RepositoryRef,
  path: string,
): Promise<readonly string[]> {
  const content = await loadContent(client, repository, path);
  return Array.isArray(content) ? content.map((entry) => entry.path) : [];
}

async function loadContent(client: GitHubClient, repository: RepositoryRef, path: string) {
  try {
    return (await client.rest.repos.getContent({ ...repository, path })).data;
  } catch (error) {
    if (statusOf(error) === 404) return null;
    throw githubFailure(error, `read ${path} of ${repository.owner}/${repository.repo}`);
  }
}
