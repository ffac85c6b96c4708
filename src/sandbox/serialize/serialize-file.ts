import { createHash } from 'node:crypto';
import type { FileRecord, RepositoryRecord } from '../world.ts';
import { repositoryUrls } from './urls.ts';

/** A changed file of a pull request. Where the world tells no patch there is none, as for big files. */
export function serializeFile(
  repository: RepositoryRecord,
  file: FileRecord,
  place: { readonly sha: string; readonly baseUrl: string },
) {
  const { html, api } = repositoryUrls(repository, place.baseUrl);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: createHash('sha1').update(`${place.sha}:${file.path}`).digest('hex'),
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${html}/blob/${place.sha}/${path}`,
    raw_url: `${html}/raw/${place.sha}/${path}`,
    contents_url: `${api}/contents/${path}?ref=${place.sha}`,
    ...(file.patch == null ? {} : { patch: file.patch }),
    ...(file.previousPath === null ? {} : { previous_filename: file.previousPath }),
  };
}
