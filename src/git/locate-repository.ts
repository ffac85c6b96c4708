import { lstat, readFile, readlink, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../core/failure.ts';

/** The folders of a repository, found by reading a few small files. No git runs, so nothing of its configuration counts. */
export interface RepositoryFolders {
  /** Of the working tree at hand: its HEAD. */
  readonly gitFolder: string;
  /** Of the whole repository: its refs, objects and configuration. */
  readonly commonFolder: string;
}

/** Far longer than any path; a `.git` file that is longer is no pointer. */
const POINTER_BYTES = 8192;

/**
 * Finds the repository of a path: a checkout, any folder in it, a linked worktree or a bare repository. The path is only
 * ever a path, whatever it begins with. Throws `not_found`.
 */
export async function locateRepository(path: string): Promise<RepositoryFolders> {
  const start = resolve(path);
  for (let folder = start; await isFolder(start); folder = dirname(folder)) {
    const gitFolder = await gitFolderAt(folder);
    if (gitFolder !== null) return { gitFolder, commonFolder: await commonFolderOf(gitFolder) };
    if (folder === dirname(folder)) break;
  }
  const hint = 'Name a checkout or a bare clone: --repo PATH.';
  throw new UserError('not_found', `there is no git repository at ${JSON.stringify(path)}`, hint);
}

async function gitFolderAt(folder: string): Promise<string | null> {
  if (await looksLikeGitFolder(folder)) return folder;
  const inside = join(folder, '.git');
  if (await looksLikeGitFolder(inside)) return inside;
  const pointer = await readSmall(inside);
  const target = pointer === null ? null : /^gitdir: ([^\n]+)/.exec(pointer)?.[1];
  if (target === null || target === undefined) return null;
  const pointed = resolve(folder, target);
  return (await looksLikeGitFolder(pointed)) ? pointed : null;
}

/** As git tells: a HEAD, and either both of its large folders or the way to them. */
async function looksLikeGitFolder(folder: string): Promise<boolean> {
  if ((await readHead(folder)) === null) return false;
  const both = await Promise.all([isFolder(join(folder, 'objects')), isFolder(join(folder, 'refs'))]);
  return both.every(Boolean) || (await isFile(join(folder, 'commondir')));
}

/** What HEAD says. Before 1.5 git made it a link to the branch, and still does with `core.preferSymlinkRefs`. */
export async function readHead(gitFolder: string): Promise<string | null> {
  const path = join(gitFolder, 'HEAD');
  const target = await readlink(path).catch(() => null);
  return target?.startsWith('refs/') ? `ref: ${target}\n` : readSmall(path);
}

async function commonFolderOf(gitFolder: string): Promise<string> {
  const text = await readSmall(join(gitFolder, 'commondir'));
  return text === null ? gitFolder : resolve(gitFolder, text.trimEnd());
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
export const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

/** The text of a small regular file; null for anything else, so that neither a pipe nor a device is ever opened. */
export async function readSmall(path: string, maxBytes = POINTER_BYTES): Promise<string | null> {
  try {
    const found = await lstat(path);
    return found.isFile() && found.size <= maxBytes ? await readFile(path, 'utf8') : null;
  } catch {
    return null;
  }
}
