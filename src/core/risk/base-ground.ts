import { foldersAbove } from './folders-above.ts';
import type { TouchedFile } from './touched-file.ts';

/** The files and folders of the base, with how many files lie in each, at any depth: 1 for a file. Empty where unknown. */
export type BaseGround = ReadonlyMap<string, number>;

export function groundOf(basePaths: readonly string[]): BaseGround {
  const counts = new Map<string, number>();
  for (const path of new Set(basePaths)) {
    counts.set(path, 1);
    for (const above of foldersAbove(path)) counts.set(above, (counts.get(above) ?? 0) + 1);
  }
  return counts;
}

/** Paths at which files come to be. */
export const addedBy = (files: readonly TouchedFile[]): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ path, status }) =>
      status === 'added' || status === 'renamed' || status === 'copied' ? [path] : [],
    ),
  );

/** Paths at which files cease to be. */
export const removedBy = (files: readonly TouchedFile[]): ReadonlySet<string> =>
  new Set(
    files.flatMap(({ path, oldPath = path, status }) =>
      status === 'deleted' || status === 'renamed' ? [oldPath] : [],
    ),
  );

/** Files that stay where they are, with something else in them. */
export const editedBy = (files: readonly TouchedFile[]): ReadonlySet<string> =>
  new Set(files.flatMap(({ path, status }) => (status === 'modified' || status === 'type_changed' ? [path] : [])));

/** Files that one changes, by the names under which it found them, that the base no longer has. */
export const lostFiles = (own: readonly TouchedFile[], ground: BaseGround): readonly string[] =>
  ground.size === 0
    ? []
    : own.flatMap(({ path, oldPath = path, status }) => (status !== 'added' && !ground.has(oldPath) ? [oldPath] : []));

/** Folders that the base does not have, or no longer: whatever is put there brings them back. */
export const foldersBack = (added: ReadonlySet<string>, ground: BaseGround): ReadonlySet<string> =>
  new Set([...added].flatMap(foldersAbove).filter((folder) => !ground.has(folder)));
