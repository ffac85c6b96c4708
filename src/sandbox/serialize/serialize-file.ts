import { treeOfCommit } from '../commit.ts';
import { entryAt } from '../git/change-tree.ts';
import type { FileRecord, RepositoryRecord } from '../world.ts';
import { repositoryUrls } from './urls.ts';

/** A changed file as it is on a commit, or for a removed one as it was at `since`. Where the world tells no patch there is none, as for big files. */
export function serializeFile(
  repository: RepositoryRecord,
  file: FileRecord,
  place: { readonly sha: string; readonly since: string | undefined; readonly baseUrl: string },
) {
  const tree = treeOfCommit(repository, file.status === 'removed' ? place.since : place.sha);
  const { html, api } = repositoryUrls(repository, place.baseUrl);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: entryAt(repository.objects, tree, file.path)?.id ?? null,
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
