import type { ConflictingFile, LineRange } from './pair-risk.ts';

/** A conflicting file as git tells it: what is only made anew is the configuration's to say. */
export interface FoundFile extends Omit<ConflictingFile, 'regenerate'> {
  /** In how many places of the merged file the sides stand beside each other; 0 where a conflict has no lines. */
  readonly blocks: number;
}

/**
 * What conflicts after another change was merged, and did not before: files that merged cleanly onto the base, and those
 * that conflict in more places than there, with the lines of these alone where they can be told apart. A file that is made
 * anew is made anew once, however often it conflicts.
 */
export function freshConflicts(
  after: readonly FoundFile[],
  before: readonly FoundFile[],
  isRegenerated: (path: string) => boolean,
): readonly FoundFile[] {
  const known = new Map(before.map((file) => [file.path, file]));
  return after.flatMap((file) => {
    const old = known.get(file.path);
    if (old === undefined) return [file];
    if (isRegenerated(file.path) || file.blocks <= old.blocks) return [];
    const apart = file.ranges.filter((range) => !old.ranges.some((one) => overlap(one, range)));
    return [{ ...file, ranges: apart.length > 0 ? apart : file.ranges }];
  });
}

const overlap = (one: LineRange, other: LineRange): boolean => one.from <= other.to && other.from <= one.to;
