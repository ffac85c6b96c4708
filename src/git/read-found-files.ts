import * as z from 'zod';
import { baseRanges } from '../core/risk/base-ranges.ts';
import { conflictKinds } from '../core/risk/conflict-kinds.ts';
import { conflictRanges } from '../core/risk/conflict-ranges.ts';
import type { FoundFile } from '../core/risk/fresh-conflicts.ts';
import { withHunks } from '../core/risk/read-hunks.ts';
import type { MergeResult } from '../core/risk/read-merge-results.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { DIFF_ARGS, diffTrees } from './diff-trees.ts';
import type { ResolvedHead } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';
import { type Answer, runBatch } from './run-batch.ts';
import type { Merge } from './trial-merges.ts';

export const foundFileSchema = z.object({
  path: z.string(),
  kind: z.string(),
  ranges: z.array(z.object({ from: z.number(), to: z.number() })),
  blocks: z.number(),
});

export interface TriedMerge {
  readonly merge: Merge;
  readonly result: Answer<MergeResult> | undefined;
}

/**
 * The conflicting files of each merge, with the lines of the base in which they conflict; none of a clean one. No deadline ends
 * it: it is quick, and a conflict that was told without its lines would be kept so.
 */
export async function readFoundFiles(
  repository: Repository,
  tried: readonly TriedMerge[],
  { base }: { readonly base: ResolvedHead },
): Promise<readonly (readonly FoundFile[])[]> {
  const conflicts = tried.map(({ merge, result }) => {
    if (!result?.known || result.value.isClean) return { tree: '', kinds: [] };
    return { tree: result.value.tree, kinds: conflictKinds(result.value, [merge.ours, merge.theirs]) };
  });
  const names = conflicts.flatMap(({ tree, kinds }) => kinds.map(({ path }) => `${tree}:${path}`));
  const texts = await readBlobs(repository, names);
  const marked = tried.map(({ merge: { ours, theirs } }, place) => {
    const { tree, kinds } = conflicts[place] ?? { tree: '', kinds: [] };
    const files = kinds.map(({ path, kind }) => {
      const text = texts.get(`${tree}:${path}`);
      return { path, kind, ranges: text === undefined ? [] : conflictRanges(text, ours, theirs) };
    });
    return { tree, files };
  });
  const trees = marked.flatMap(({ tree, files }) => (files.some(({ ranges }) => ranges.length > 0) ? [tree] : []));
  const changes = await readChanges(repository, [...new Set(trees)], base);
  return marked.map(({ tree, files }) =>
    files.map(({ ranges, ...file }) => {
      const own = changes.get(tree)?.find(({ path }) => path === file.path);
      const inBase = own?.status === 'added' ? [] : baseRanges(ranges, own?.hunks ?? []);
      return { ...file, ranges: inBase, blocks: ranges.length };
    }),
  );
}

/** What merged trees, markers and all, change of the base; those that git cannot compare are absent. */
async function readChanges(
  repository: Repository,
  trees: readonly string[],
  base: ResolvedHead,
): Promise<ReadonlyMap<string, readonly TouchedFile[]>> {
  const pairs = trees.map((to) => ({ from: base.tree, to }));
  const [files, patches] = await Promise.all([
    diffTrees(repository, pairs),
    runBatch(repository, {
      args: [...DIFF_ARGS, '-p', '-U0'],
      lines: pairs.map(({ from, to }) => `${from} ${to}`),
      read: readPatches,
    }),
  ]);
  return new Map(
    trees.flatMap((tree, place) => {
      const [own, patch] = [files[place], patches[place]];
      return own?.known && patch?.known ? [[tree, withHunks(own.value, patch.value)] as const] : [];
    }),
  );
}

/** Each begins with a line of the two trees; a line of content begins with a sign. */
function readPatches(text: string, isWhole: boolean): readonly string[] {
  const patches = text.split(/^[0-9a-f]{40,64} [0-9a-f]{40,64}\n/m).slice(1);
  return isWhole ? patches : patches.slice(0, -1);
}
