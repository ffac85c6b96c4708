import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedHead } from './list-heads.ts';
import { type Repository, type RepositoryCall, runIn } from './open-repository.ts';

/** How many files a command line surely has room for. */
const MOST_PATHS = 500;

export interface TakenFiles {
  readonly base: ResolvedHead;
  /** What a merge onto the base left, markers and all. */
  readonly tree: string;
  readonly paths: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * The tree with these files as the base has them, and without those that the base does not have. Made through an index of
 * our own folder. Null where git cannot: a name that is no text, or a file where the other has a folder.
 */
export async function takeFromBase(
  repository: Repository,
  { base, tree, paths, signal }: TakenFiles,
): Promise<string | null> {
  if (paths.length > MOST_PATHS || paths.some((path) => path.includes('\uFFFD'))) return null;
  const index = join(repository.folder, `index-${tree}`);
  const ask = async (args: readonly string[], rest: Partial<RepositoryCall> = {}): Promise<string | null> => {
    const call = { args, environment: { GIT_INDEX_FILE: index }, ...(signal && { signal }), ...rest };
    const { ended, stdout } = await runIn(repository, call);
    return ended === 'done' ? stdout : null;
  };
  const kept = await ask(['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', base.tree, '--', ...paths]);
  if (kept === null || hasFolder(kept) || (await ask(['read-tree', tree])) === null) return null;
  const gone = paths.map((path) => `0 ${'0'.repeat(tree.length)}\t${path}\0`);
  const isUpdated = (await ask(['update-index', '-z', '--index-info'], { input: gone.join('') + kept })) !== null;
  const made = isUpdated ? await ask(['write-tree', '--missing-ok']) : null;
  await rm(index, { force: true });
  return made?.trim() ?? null;
}

/** An index takes a folder for a file, and no tree holds that. */
const hasFolder = (listed: string): boolean => listed.split('\0').some((entry) => entry.startsWith('040000 '));
