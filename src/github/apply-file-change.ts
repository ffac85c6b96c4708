import type { FileChange } from '../core/change.ts';
import type { Applied } from './applied.ts';
import type { GitHubClient } from './client.ts';
import { loadFile } from './load-file.ts';
import { failAs } from './write-failure.ts';

/** Writes the whole file on the default branch; one that is there is replaced, and left alone when it is the same. */
export async function applyFileChange(client: GitHubClient, change: FileChange): Promise<Applied> {
  const { repository, path, text, message } = change;
  const tried = `write ${path} of ${repository.owner}/${repository.repo}`;
  const present = await loadFile(client, repository, path);
  if (present?.text === text) return { outcome: 'already_there', url: present.url, id: null };
  const content = Buffer.from(text, 'utf8').toString('base64');
  const sha = present === null ? {} : { sha: present.sha };
  const call = client.rest.repos.createOrUpdateFileContents({ ...repository, path, message, content, ...sha });
  const { data } = await call.catch(failAs(tried));
  return { outcome: 'applied', url: data.content?.html_url ?? null, id: null };
}
