import * as z from 'zod';
import type { FoundFile } from '../core/risk/fresh-conflicts.ts';
import { isCostly } from '../core/risk/rename-cost.ts';
import type { Standing } from '../core/risk/standing.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { diffTrees } from './diff-trees.ts';
import type { ResolvedHead } from './list-heads.ts';
import type { Repository } from './open-repository.ts';
import { foundFileSchema, readFoundFiles } from './read-found-files.ts';
import { type OwnChanges, type PlacedHead, readOwnChanges, readRoughChanges } from './read-touched-files.ts';
import type { Answer } from './run-batch.ts';
import type { TrialCache } from './trial-cache.ts';
import { type Merge, trialMerges } from './trial-merges.ts';

/** A head merged onto the base. */
export interface BaseMerge {
  readonly tree: string;
  /** Null where it merges cleanly. */
  readonly conflicts: readonly FoundFile[] | null;
  readonly own: readonly TouchedFile[];
  /** What the merge changes on the base, which may have moved what the head changes. */
  readonly onBase: readonly TouchedFile[];
}

export interface BaseOptions {
  readonly base: ResolvedHead;
  readonly workTree: string;
  readonly cache: TrialCache;
  readonly signal?: AbortSignal;
  /** Comes before `signal`, and ends what takes much longer than the rest. */
  readonly patience?: AbortSignal;
  readonly onAnswered?: (count: number) => void;
}

export interface BaseMerges {
  readonly merges: readonly Answer<BaseMerge>[];
  /** What a head changes, renames not looked for, where the signal came before it was merged. */
  readonly rough: ReadonlyMap<PlacedHead, readonly TouchedFile[]>;
  /** How many were tried now. */
  readonly tried: number;
}

const touchedSchema = z.object({
  path: z.string(),
  oldPath: z.string().exactOptional(),
  status: z.enum(['added', 'modified', 'deleted', 'renamed', 'copied', 'type_changed']),
  hunks: z.null(),
});
const baseMergeSchema = z.object({
  tree: z.string(),
  conflicts: z.array(foundFileSchema).nullable(),
  own: z.array(touchedSchema),
  onBase: z.array(touchedSchema),
});

/** At most so many are merged and read before the next: what is done by then is kept when the signal comes. */
const HEADS_AT_ONCE = 64;
/** Where a signal may come, the first so many: how long they take tells what the next get. */
const FIRST_HEADS = 4;
/** How long they should take then: a batch that the signal comes in is lost. */
const BATCH_MS = 1000;

/**
 * Merges every head onto the base by itself; in order. What the cache knows is not merged again. Where a signal may end it,
 * those are left for last that take git longest to find the renames of, so that they keep no other waiting.
 */
export async function mergeOntoBase(
  repository: Repository,
  placed: readonly PlacedHead[],
  options: BaseOptions,
): Promise<BaseMerges> {
  const keys = placed.map(({ head, standing }) => `base ${options.base.tree} ${keyOf(head, standing)}`);
  const known = keys.map((key) => baseMergeSchema.safeParse(options.cache.get(key)).data);
  const unknown = placed.filter((_, place) => known[place] === undefined);
  const rough = await roughly(repository, unknown, options);
  const isLast = (one: PlacedHead): boolean => isCostly(rough.get(one) ?? [], one.standing.mergeBases.length);
  const missing = [...unknown.filter((one) => !isLast(one)), ...unknown.filter(isLast)];
  const described: Promise<readonly Answer<BaseMerge>[]>[] = [];
  let size = options.signal === undefined ? HEADS_AT_ONCE : FIRST_HEADS;
  for (let from = 0; from < missing.length; ) {
    const [next] = missing.slice(from);
    const some = missing.slice(from, from + size);
    const isSlow = next !== undefined && isLast(next);
    const batch = isSlow ? [next] : some.filter((one) => !isLast(one));
    const hurry = isSlow ? hurried(options) : options;
    const startedMs = performance.now();
    const results = await mergeAll(repository, batch, hurry);
    if (options.signal !== undefined && !isSlow) size = nextSize(batch.length, performance.now() - startedMs);
    // Told while git merges the next, which leaves processors idle. It is quick, so that what is merged when the signal comes is told.
    const { signal: _, ...calm } = options;
    const told = describeAll(repository, { placed: batch, results }, isSlow ? hurry : calm);
    // Should it fail, that is thrown where all are awaited.
    told.catch(() => undefined);
    described.push(told);
    from += batch.length;
  }
  const fresh = (await Promise.all(described)).flat();
  const freshOf = new Map(missing.map((one, index) => [one, fresh[index]]));
  const answers = known.map((merge, place): Answer<BaseMerge> => {
    if (merge !== undefined) return { known: true, value: merge };
    const one = placed[place];
    const answer = one === undefined ? undefined : freshOf.get(one);
    const key = keys[place];
    if (answer?.known && key !== undefined) options.cache.set(key, answer.value);
    return answer ?? { known: false, reason: 'it was not merged' };
  });
  return { merges: answers, rough, tried: missing.length };
}

/** No more than twice as many as before: the first few may be quick by chance. */
const nextSize = (size: number, ms: number): number =>
  Math.max(1, Math.min(HEADS_AT_ONCE, size * 2, Math.floor((size * BATCH_MS) / Math.max(ms, 1))));

/** The slow ones leave the pairs of all others their time. */
const hurried = ({ patience, ...options }: BaseOptions): BaseOptions =>
  patience === undefined ? options : { ...options, signal: patience };

async function roughly(
  repository: Repository,
  placed: readonly PlacedHead[],
  { signal }: BaseOptions,
): Promise<ReadonlyMap<PlacedHead, readonly TouchedFile[]>> {
  if (signal === undefined) return new Map();
  const changes = await readRoughChanges(repository, placed);
  return new Map(placed.map((one, place) => [one, changes[place] ?? []]));
}

/** A head with where it left the base: with the base's tree, all that decides how it merges. */
export function keyOf(head: ResolvedHead, standing: Standing): string {
  return `${head.commit} ${standing.mergeBases.join('+')}`;
}

type MergeResults = Awaited<ReturnType<typeof trialMerges>>;

function mergeAll(
  repository: Repository,
  placed: readonly PlacedHead[],
  { base, workTree, signal, onAnswered }: BaseOptions,
): Promise<MergeResults> {
  return trialMerges(repository, mergesOf(placed, base), {
    ...{ workTree, ...(signal ? { signal } : {}), ...(onAnswered ? { onAnswered } : {}) },
  });
}

const mergesOf = (placed: readonly PlacedHead[], base: ResolvedHead): readonly Merge[] =>
  placed.map(({ head }) => ({ ours: base.commit, theirs: head.commit }));

/** Of those alone that were merged: what the signal came before costs as much to read, and nobody asks for it. */
async function describeAll(
  repository: Repository,
  { placed, results }: { readonly placed: readonly PlacedHead[]; readonly results: MergeResults },
  { base, signal }: BaseOptions,
): Promise<readonly Answer<BaseMerge>[]> {
  const merged = placed.flatMap((one, place) => {
    const result = results[place];
    return result?.known ? [{ one, place, result }] : [];
  });
  if (merged.length === 0) return placed.map((_, place) => unmerged(results[place]));
  const heads = merged.map(({ one }) => one);
  const merges = mergesOf(heads, base).map((merge, index) => ({ merge, result: merged[index]?.result }));
  const [own, effects, found] = await Promise.all([
    readOwnChanges(repository, heads, signal),
    diffTrees(
      repository,
      merged.map(({ result }) => ({ from: base.tree, to: result.value.tree })),
      signal,
    ),
    readFoundFiles(repository, merges, { base }),
  ]);
  const told = new Map(
    merged.map(({ place, result: { value } }, index): [number, Answer<BaseMerge>] => {
      const [changes, effect] = [own[index], effects[index]];
      if (!changes?.known || !effect?.known) return [place, unmerged(changes?.known === true ? effect : changes)];
      const conflicts = value.isClean ? null : (found[index] ?? []);
      const files = { own: filesOf(changes.value), onBase: effect.value };
      return [place, { known: true, value: { tree: value.tree, conflicts, ...files } }];
    }),
  );
  return placed.map((_, place) => told.get(place) ?? unmerged(results[place]));
}

const unmerged = (answer: Answer<unknown> | undefined): Answer<never> =>
  answer?.known === false ? answer : { known: false, reason: 'it was not merged' };

/** Each file once, as the first merge base shows it. */
function filesOf({ diffs }: OwnChanges): readonly TouchedFile[] {
  const files = new Map<string, TouchedFile>();
  for (const file of diffs.flatMap((diff) => diff.files)) if (!files.has(file.path)) files.set(file.path, file);
  return [...files.values()];
}
