/**
 * One changed place of a file, as `git diff -U0` and GitHub's patches tell it: where the lines stood in the merge base and
 * where they stand in the head. Lines count from 1. With `oldLines` 0 lines were put in after `oldStart`; with `newLines` 0
 * they were taken out.
 */
export interface Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** Stands for the text of the lines put in; absent where nobody read it. */
  readonly digest?: string;
}

export type FileStatus = 'added' | 'modified' | 'deleted' | 'renamed' | 'copied' | 'type_changed';

/** One file that a pull request changes between its merge base and its head. Paths are git's: with slashes, any bytes. */
export interface TouchedFile {
  readonly path: string;
  /** Where it lay before; only of a renamed or copied file. */
  readonly oldPath?: string;
  /** Where the base has it now; only where the base renamed it since the change left it, and somebody looked. */
  readonly basePath?: string;
  readonly status: FileStatus;
  /** In the order of the file. Null where nobody showed them: binary, too large, or cut short. */
  readonly hunks: readonly Hunk[] | null;
}
