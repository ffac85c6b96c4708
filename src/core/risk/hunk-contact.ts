import { baseSpan } from './base-lines.ts';
import type { Hunk } from './touched-file.ts';

/** How close two changes of one file come to each other, in lines of their common base. */
export interface HunkContact {
  /**
   * Unchanged lines between the closest two hunks that are not alike; infinite when there are none. 0 where they touch:
   * git's merge asks for at least one unchanged line between two changes (`xdl_do_merge` in git's `xdiff/xmerge.c`).
   */
  readonly gap: number;
  /** Pairs of hunks that touch and differ. */
  readonly touching: readonly (readonly [Hunk, Hunk])[];
  /** Pairs that replace the same lines by as many, as far as anybody read by the same: perhaps one change, which git merges without a word. */
  readonly alike: readonly (readonly [Hunk, Hunk])[];
}

/** Both lists in the order of the file. Takes time linear in the hunks, and in the pairs that touch. */
export function contactOf(ours: readonly Hunk[], theirs: readonly Hunk[]): HunkContact {
  const touching: (readonly [Hunk, Hunk])[] = [];
  const alike: (readonly [Hunk, Hunk])[] = [];
  let gap = Number.POSITIVE_INFINITY;
  let first = 0;
  for (const our of ours) {
    const span = baseSpan(our);
    for (let i = first; i < theirs.length; i += 1) {
      const their = theirs[i];
      if (their === undefined) break;
      const other = baseSpan(their);
      const between = Math.max(other.start - span.end, span.start - other.end);
      const areAlike = isAlike(our, their);
      if (!areAlike) gap = Math.min(gap, Math.max(0, between));
      if (between > 0 && other.start > span.end) break;
      if (between > 0) first = i;
      else if (!areAlike) touching.push([our, their]);
      // Both take out the same lines and put in nothing: certainly the same change.
      else if (our.newLines > 0) alike.push([our, their]);
    }
  }
  return { gap, touching, alike };
}

const isAlike = (one: Hunk, other: Hunk): boolean =>
  !areKnownToDiffer(one, other) &&
  one.oldStart === other.oldStart &&
  one.oldLines === other.oldLines &&
  one.newLines === other.newLines;

/** Then they are no more one change than two of different length. */
const areKnownToDiffer = (one: Hunk, other: Hunk): boolean =>
  one.digest !== undefined && other.digest !== undefined && one.digest !== other.digest;
