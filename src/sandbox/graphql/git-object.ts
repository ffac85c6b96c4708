import { createHash } from 'node:crypto';
import type { RepositoryRecord } from '../world.ts';
import { NotModelled } from './github-error.ts';
import { type BlobSource, type CommitSource, commitSource, type TreeSource } from './source.ts';

type GitObjectSource = CommitSource | TreeSource | BlobSource;

/**
 * What a revision names: `HEAD`, a branch or a sha for a commit, with `:path` for a file or folder on it. The world
 * keeps files of the default branch only; asking for another branch's files fails instead of reading as "no file".
 */
export function objectOfExpression(repository: RepositoryRecord, expression: string): GitObjectSource | null {
  const colon = expression.indexOf(':');
  const revision = colon === -1 ? expression : expression.slice(0, colon);
  const sha = shaOfRevision(repository, revision);
  if (colon === -1) return commitSource(repository, sha);
  if (sha !== defaultHead(repository)) {
    if (sha === null && revision !== 'HEAD') return null;
    throw new NotModelled(`files at ${revision}: only the default branch has them`);
  }
  return fileOrFolder(repository, expression.slice(colon + 1));
}

/** The commit or file with this object id. */
export function objectOfOid(repository: RepositoryRecord, oid: string): GitObjectSource | null {
  const commit = commitSource(repository, oid);
  if (commit !== null) return commit;
  const file = [...repository.files].find(([, text]) => blobOid(text) === oid);
  return file === undefined ? null : { type: 'Blob', repository, path: file[0], text: file[1] };
}

/** The id that git gives a file with this text. */
export function blobOid(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** Not git's own id of the folder, but as stable: it changes exactly when a file below changes. */
export function treeOid({ repository, path }: TreeSource): string {
  const hash = createHash('sha1').update(`tree ${path}\0`);
  for (const [file, text] of [...repository.files].sort(byPath)) {
    if (isBelow(file, path)) hash.update(`${file}\0${blobOid(text)}`);
  }
  return hash.digest('hex');
}

/** A folder's direct entries, files and folders, by name. */
export function entriesOf({ repository, path }: TreeSource): readonly (TreeSource | BlobSource)[] {
  const entries = new Map<string, TreeSource | BlobSource>();
  const start = path === '' ? 0 : path.length + 1;
  for (const [file, text] of [...repository.files].sort(byPath)) {
    if (!isBelow(file, path)) continue;
    const slash = file.indexOf('/', start);
    const name = slash === -1 ? file : file.slice(0, slash);
    entries.set(
      name,
      slash === -1 ? { type: 'Blob', repository, path: file, text } : { type: 'Tree', repository, path: name },
    );
  }
  return [...entries.values()];
}

function fileOrFolder(repository: RepositoryRecord, path: string): TreeSource | BlobSource | null {
  const clean = path.replace(/^\/+|\/+$/g, '');
  const text = repository.files.get(clean);
  if (text !== undefined) return { type: 'Blob', repository, path: clean, text };
  const isFolder = clean === '' || [...repository.files.keys()].some((file) => isBelow(file, clean));
  return isFolder ? { type: 'Tree', repository, path: clean } : null;
}

function shaOfRevision(repository: RepositoryRecord, revision: string): string | null {
  if (revision === 'HEAD') return defaultHead(repository);
  const branch = revision.replace(/^refs\/heads\//, '');
  return repository.branches.get(branch) ?? (repository.commits.has(revision) ? revision : null);
}

function defaultHead(repository: RepositoryRecord): string | null {
  return repository.branches.get(repository.defaultBranch) ?? null;
}

function isBelow(file: string, folder: string): boolean {
  return folder === '' || file.startsWith(`${folder}/`);
}

function byPath([a]: readonly [string, string], [b]: readonly [string, string]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
