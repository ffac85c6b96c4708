import * as z from 'zod';
import { conflictKinds } from '../core/risk/conflict-kinds.ts';
import { conflictRanges } from '../core/risk/conflict-ranges.ts';
import type { ConflictingFile } from '../core/risk/pair-risk.ts';
import type { MergeResult } from '../core/risk/read-merge-results.ts';
import type { Repository } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';
import type { Answer } from './run-batch.ts';
import type { Merge } from './trial-merges.ts';

/** A conflicting file as git tells it: what is only made anew is the configuration's to say. */
export type FoundFile = Omit<ConflictingFile, 'regenerate'>;

export const foundFileSchema = z.object({
  path: z.string(),
  kind: z.string(),
  ranges: z.array(z.object({ from: z.number(), to: z.number() })),
});

export interface TriedMerge {
  readonly merge: Merge;
  readonly result: Answer<MergeResult> | undefined;
  /** Which conflicting files somebody wants to know of; all when absent. */
  readonly isTold?: (path: string) => boolean;
}

/** The conflicting files of each merge, with the lines of their markers in the merged text; none of a clean one. */
export async function readFoundFiles(
  repository: Repository,
  tried: readonly TriedMerge[],
): Promise<readonly (readonly FoundFile[])[]> {
  const conflicts = tried.map(({ merge, result, isTold = () => true }) => {
    if (!result?.known || result.value.isClean) return { tree: '', kinds: [] };
    const kinds = conflictKinds(result.value, [merge.ours, merge.theirs]);
    return { tree: result.value.tree, kinds: kinds.filter(({ path }) => isTold(path)) };
  });
  const names = conflicts.flatMap(({ tree, kinds }) => kinds.map(({ path }) => `${tree}:${path}`));
  const texts = await readBlobs(repository, names);
  return tried.map(({ merge }, place) => {
    const { tree, kinds } = conflicts[place] ?? { tree: '', kinds: [] };
    return kinds.map(({ path, kind }) => {
      const text = texts.get(`${tree}:${path}`);
      return { path, kind, ranges: text === undefined ? [] : conflictRanges(text, merge.ours, merge.theirs) };
    });
  });
}
