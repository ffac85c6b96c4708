import type { Gap } from '../core/reading.ts';

/** What is known of the files that a change touches. */
export interface ChangedPaths {
  /** Of a file that was moved, its old name too. */
  readonly paths: readonly string[];
  /** Why there may be more; null: these are all. */
  readonly gap: Gap | null;
}
