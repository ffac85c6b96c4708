import type { Instant } from '../../task/facts.ts';

/**
 * A line of text by its number in a `LineTable`: equal numbers are equal texts, without the spaces around them. 0 is what
 * says nothing by itself: an empty line, a bracket, `end`.
 */
export type LineId = number;

/** One changed place, with what was taken out and what was put in. Lines count from 1, as `git diff -U0` counts. */
export interface TextHunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly removed: readonly LineId[];
  readonly added: readonly LineId[];
}

/** One file of a commit's difference. `oldPath` only where it was renamed. */
export interface ChangedFile {
  readonly path: string;
  readonly oldPath?: string;
  /** Ids of the contents before and after; null where there is no such file. */
  readonly before: string | null;
  readonly after: string | null;
  /** Null where nobody can read them: binary, or too many. */
  readonly hunks: readonly TextHunk[] | null;
}

/** One step of the base: a commit of its first parents, and what it brought. */
export interface BaseStep {
  readonly sha: string;
  readonly at: Instant;
  /** Its own message first, then those of the commits that it merged. */
  readonly messages: readonly string[];
  /**
   * The newest earlier step on which its branch was begun: that the branch knew what was there by then is certain. Null for
   * a commit of one parent, which does not tell.
   */
  readonly begunOn: number | null;
  /** Null where its difference cannot be read. */
  readonly files: readonly ChangedFile[] | null;
}
