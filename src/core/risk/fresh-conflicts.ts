import type { ConflictingFile, LineRange } from './pair-risk.ts';

/** A conflicting file as git tells it: what is only made anew is the configuration's to say. */
export interface FoundFile extends Omit<ConflictingFile, 'regenerate'> {
  /** In how many places of the merged file the sides stand beside each other; 0 where a conflict has no lines. */
  readonly blocks: number;
  /** What meets in it (`UnmergedFile`), of a head on the base alone; absent in what was kept of earlier versions. */
  readonly stages?: string;
}

/**
 * Files in which nothing else meets than before, under the same attributes: they conflict as they did, and need not be read.
 */
export function isUnchanged(stages: string, before: FoundFile | undefined): boolean {
  return stages !== '' && before?.stages === stages;
}

/** What conflicts in more places than before, or did not: all that `freshConflicts` can find, however few that is of. */
export function risenConflicts(after: readonly FoundFile[], before: readonly FoundFile[]): readonly FoundFile[] {
  const known = new Map(before.map((file) => [file.path, file]));
  return after.filter(({ path, blocks }) => {
    const old = known.get(path);
    return old === undefined || blocks > old.blocks;
  });
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
  return risenConflicts(after, before).flatMap((file) => {
    const old = known.get(file.path);
    if (old === undefined) return [file];
    if (isRegenerated(file.path)) return [];
    const apart = file.ranges.filter((range) => !old.ranges.some((one) => overlap(one, range)));
    return [{ ...file, ranges: apart.length > 0 ? apart : file.ranges }];
  });
}

const overlap = (one: LineRange, other: LineRange): boolean => one.from <= other.to && other.from <= one.to;
