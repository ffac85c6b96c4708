import { type Files, filesAt } from '../files-at.ts';
import { changeTree } from '../git/change-tree.ts';
import { EMPTY_TREE, gitIdOf, writeBlob } from '../git/git-objects.ts';
import type { RepositoryRecord } from '../world.ts';
import { type BlobSource, type CommitSource, commitSource, type TreeSource } from './source.ts';

type GitObjectSource = CommitSource | TreeSource | BlobSource;

/**
 * What a revision names: `HEAD`, a branch, `refs/pull/N/head` or a sha for a commit, with `:path` for a file or folder
 * on it.
 */
export function objectOfExpression(repository: RepositoryRecord, expression: string): GitObjectSource | null {
  const colon = expression.indexOf(':');
  const revision = colon === -1 ? expression : expression.slice(0, colon);
  const sha = shaOfRevision(repository, revision);
  if (colon === -1) return commitSource(repository, sha);
  return sha === null ? null : objectAtPath(repository, sha, expression.slice(colon + 1));
}

/** The commit or file with this object id. */
export function objectOfOid(repository: RepositoryRecord, oid: string): GitObjectSource | null {
  const commit = commitSource(repository, oid);
  if (commit !== null) return commit;
  const file = [...repository.files].find(([, text]) => gitIdOf('blob', text) === oid);
  return file === undefined ? null : { type: 'Blob', repository, path: file[0], text: file[1] };
}

/** The id that git gives the folder. */
export function treeOid({ repository, files, path }: TreeSource): string {
  const start = path === '' ? 0 : path.length + 1;
  const below = [...files].filter(([file]) => isBelow(file, path));
  const blobs = below.map(([file, text]) => [file.slice(start), writeBlob(repository.objects, text)] as const);
  return changeTree(repository.objects, EMPTY_TREE, new Map(blobs));
}

/** A folder's direct entries, files and folders, by name. */
export function entriesOf({ repository, files, path }: TreeSource): readonly (TreeSource | BlobSource)[] {
  const entries = new Map<string, TreeSource | BlobSource>();
  const start = path === '' ? 0 : path.length + 1;
  for (const [file, text] of [...files].sort(byPath)) {
    if (!isBelow(file, path)) continue;
    const slash = file.indexOf('/', start);
    const name = slash === -1 ? file : file.slice(0, slash);
    entries.set(
      name,
      slash === -1 ? { type: 'Blob', repository, path: file, text } : { type: 'Tree', repository, files, path: name },
    );
  }
  return [...entries.values()];
}

/** The file or folder at a path of a commit; null when there is none. */
export function objectAtPath(repository: RepositoryRecord, sha: string, path: string): TreeSource | BlobSource | null {
  const files: Files = filesAt(repository, sha);
  const clean = path.replace(/^\/+|\/+$/g, '');
  const text = files.get(clean);
  if (text !== undefined) return { type: 'Blob', repository, path: clean, text };
  const isFolder = clean === '' || [...files.keys()].some((file) => isBelow(file, clean));
  return isFolder ? { type: 'Tree', repository, files, path: clean } : null;
}

function shaOfRevision(repository: RepositoryRecord, revision: string): string | null {
  if (revision === 'HEAD') return defaultHead(repository);
  const pull = /^refs\/pull\/(\d+)\/head$/.exec(revision)?.[1];
  if (pull !== undefined) return repository.pullRequests.get(Number(pull))?.headSha ?? null;
  const branch = revision.replace(/^refs\/heads\//, '');
  const tag = revision.replace(/^refs\/tags\//, '');
  const named = repository.branches.get(branch) ?? repository.tags.get(tag);
  return named ?? (repository.commits.has(revision) ? revision : null);
}

function defaultHead(repository: RepositoryRecord): string | null {
  return repository.branches.get(repository.defaultBranch) ?? null;
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function byPath([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
