import * as z from 'zod';
import { partsOf } from '../core/parts-of.ts';
import { baseRanges } from '../core/risk/base-ranges.ts';
import { conflictKinds } from '../core/risk/conflict-kinds.ts';
import { conflictRanges } from '../core/risk/conflict-ranges.ts';
import { type FoundFile, isUnchanged } from '../core/risk/fresh-conflicts.ts';
import { withHunks } from '../core/risk/read-hunks.ts';
import type { MergeResult } from '../core/risk/read-merge-results.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { DIFF_ARGS, diffTreesOnce } from './diff-trees.ts';
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
  stages: z.string().exactOptional(),
});

export interface TriedMerge {
  readonly merge: Merge;
  readonly result: Answer<MergeResult> | undefined;
  /** What of `theirs` conflicts without `ours`, under the same attributes. */
  readonly before?: readonly FoundFile[];
}

/** Merged trees that are compared with the base at once: a patch may be as large as a process may say. */
const TREES_AT_ONCE = 8;

/**
 * The conflicting files of each merge, with the lines of the base in which they conflict; none of a clean one, and none that
 * conflicts as it did before. No deadline ends it: it is quick, and a conflict that was told without its lines would be kept so.
 */
export async function readFoundFiles(
  repository: Repository,
  tried: readonly TriedMerge[],
  { base }: { readonly base: ResolvedHead },
): Promise<readonly (readonly FoundFile[])[]> {
  const conflicts = tried.map(({ merge, result, before = [] }) => {
    if (!result?.known || result.value.isClean) return { tree: '', kinds: [] };
    const old = new Map(before.map((file) => [file.path, file]));
    const kinds = conflictKinds(result.value, [merge.ours, merge.theirs]);
    return { tree: result.value.tree, kinds: kinds.filter(({ path, stages }) => !isUnchanged(stages, old.get(path))) };
  });
  const names = conflicts.flatMap(({ tree, kinds }) => kinds.map(({ path }) => `${tree}:${path}`));
  const texts = await readBlobs(repository, names);
  const marked = tried.map(({ merge: { ours, theirs } }, place) => {
    const { tree, kinds } = conflicts[place] ?? { tree: '', kinds: [] };
    const files = kinds.map((kind) => {
      const text = texts.get(`${tree}:${kind.path}`);
      return { ...kind, ranges: text === undefined ? [] : conflictRanges(text, ours, theirs) };
    });
    return { tree, files };
  });
  const wanted = new Map<string, ReadonlySet<string>>();
  for (const { tree, files } of marked) {
    const paths = files.flatMap(({ path, ranges }) => (ranges.length > 0 ? [path] : []));
    if (paths.length > 0) wanted.set(tree, new Set([...paths, ...(wanted.get(tree) ?? [])]));
  }
  const changes = await readChanges(repository, wanted, base);
  return marked.map(({ tree, files }) =>
    files.map(({ ranges, ...file }) => {
      const own = changes.get(tree)?.get(file.path);
      const inBase = own?.status === 'added' ? [] : baseRanges(ranges, own?.hunks ?? []);
      return { ...file, ranges: inBase, blocks: ranges.length };
    }),
  );
}

/** What merged trees, markers and all, change of the base in some of their files; trees that git cannot compare are absent. */
async function readChanges(
  repository: Repository,
  wanted: ReadonlyMap<string, ReadonlySet<string>>,
  base: ResolvedHead,
): Promise<ReadonlyMap<string, ReadonlyMap<string, TouchedFile>>> {
  const changes = new Map<string, ReadonlyMap<string, TouchedFile>>();
  for (const trees of partsOf([...wanted.keys()], TREES_AT_ONCE)) {
    const pairs = trees.map((to) => ({ from: base.tree, to }));
    const [files, patches] = await Promise.all([
      diffTreesOnce(repository, pairs),
      runBatch(repository, {
        args: [...DIFF_ARGS, '-p', '-U0'],
        lines: pairs.map(({ from, to }) => `${from} ${to}`),
        read: readPatches,
      }),
    ]);
    for (const [place, tree] of trees.entries()) {
      const [own, patch] = [files[place], patches[place]];
      if (!own?.known || !patch?.known) continue;
      const some = withHunks(own.value, patch.value).filter(({ path }) => wanted.get(tree)?.has(path));
      changes.set(tree, new Map(some.map((file) => [file.path, file])));
    }
  }
  return changes;
}

/** Each begins with a line of the two trees; a line of content begins with a sign. */
function readPatches(text: string, isWhole: boolean): readonly string[] {
  const patches = text.split(/^[0-9a-f]{40,64} [0-9a-f]{40,64}\n/m).slice(1);
  return isWhole ? patches : patches.slice(0, -1);
}
