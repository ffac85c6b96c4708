import pLimit from 'p-limit';
import * as z from 'zod';
import { partsOf } from '../core/parts-of.ts';
import { type FoundFile, risenConflicts } from '../core/risk/fresh-conflicts.ts';
import type { Trial } from '../core/risk/plan-trials.ts';
import type { MergeResult } from '../core/risk/read-merge-results.ts';
import { layOutAttributes } from './lay-out-attributes.ts';
import type { ResolvedHead } from './list-heads.ts';
import { type BaseMerge, keyOf } from './merge-onto-base.ts';
import type { Repository } from './open-repository.ts';
import { ownText } from './own-text.ts';
import { foundFileSchema, readFoundFiles } from './read-found-files.ts';
import type { PlacedHead } from './read-touched-files.ts';
import type { Answer } from './run-batch.ts';
import { takeFromBase } from './take-from-base.ts';
import type { TrialCache } from './trial-cache.ts';
import { type Merge, trialMerges } from './trial-merges.ts';
import { writeCommits } from './write-commits.ts';

/** A head that merges onto the base, or that at least could be tried. */
export interface MergedHead extends PlacedHead {
  readonly merge: BaseMerge;
}

export interface PairOptions {
  readonly base: ResolvedHead;
  /** By the places that the trials name. */
  readonly heads: ReadonlyMap<number, MergedHead>;
  readonly workTree: string;
  readonly cache: TrialCache;
  readonly signal?: AbortSignal;
  readonly onAnswered?: (count: number) => void;
}

export interface PairOutcomes {
  /**
   * The files that conflict when the second merges after the first, in more places than on the base alone; null where
   * nothing conflicts. In the order of the trials.
   */
  readonly outcomes: readonly Outcome[];
  readonly tried: number;
}

/** Each is a few processes of git. */
const TAKEN_AT_ONCE = 4;

const outcomeSchema = z.array(foundFileSchema).nullable();

/** Merges the second head of every trial onto the base with the first. What the cache knows is not merged again. */
export async function tryPairs(
  repository: Repository,
  trials: readonly Trial[],
  options: PairOptions,
): Promise<PairOutcomes> {
  const { base, heads, cache } = options;
  const placed = trials.map(({ first, second }) => [heads.get(first), heads.get(second)] as const);
  const keys = placed.map(([first, second]) =>
    first && second
      ? `second after first ${base.tree} ${keyOf(first.head, first.standing)} ${keyOf(second.head, second.standing)}`
      : '',
  );
  const known = keys.map((key) => outcomeSchema.safeParse(cache.get(key)).data);
  const missing = trials.filter((_, place) => known[place] === undefined);
  const fresh = await tryAll(repository, missing, options);
  const tried = new Map(missing.map((trial, place) => [trial, fresh[place]]));
  const outcomes = trials.map((trial, place): Outcome => {
    const before = known[place];
    if (before !== undefined) return { known: true, value: before };
    const answer = tried.get(trial);
    const key = keys[place];
    if (answer?.known && key !== undefined) cache.set(key, answer.value);
    if (answer !== undefined) return answer;
    return { known: false, reason: 'it was not tried', ...(options.signal?.aborted && { isUntried: true }) };
  });
  return { outcomes, tried: missing.length };
}

export type Outcome = Answer<readonly FoundFile[] | null>;

/** A merge that leaves thousands of files in conflict tells megabytes: what is read of so many is let go before the next. */
const MERGES_AT_ONCE = 128;

async function tryAll(
  repository: Repository,
  trials: readonly Trial[],
  options: PairOptions,
): Promise<readonly (Outcome | undefined)[]> {
  const commits = await commitFirsts(repository, trials, options);
  const ready = new Map(
    trials.flatMap((trial, place) => {
      const [ours, second] = [commits.get(trial.first), options.heads.get(trial.second)];
      if (ours === undefined || second === undefined) return [];
      return [[place, { merge: { ours, theirs: second.head.commit }, before: second.merge.conflicts ?? [] }] as const];
    }),
  );
  const { groups, unknown } = await groupByAttributes(repository, trials, options);
  const outcomes = new Map<number, Outcome>();
  let reading = Promise.resolve();
  for (const [workTree, places] of groups) {
    const parts = partsOf(
      places.filter((place) => ready.has(place)),
      MERGES_AT_ONCE,
    );
    for (const part of parts) {
      const some = part.flatMap((place) => ready.get(place) ?? []);
      const results = await mergeAll(repository, some, { ...options, workTree });
      await reading;
      // While git merges the next, which leaves processors idle.
      reading = readOutcomes(repository, { some, results, workTree }, options).then((read) => {
        for (const [index, outcome] of read.entries()) outcomes.set(part[index] ?? -1, outcome);
      });
      // Should it fail, that is thrown where it is awaited.
      reading.catch(() => undefined);
    }
  }
  await reading;
  return trials.map((trial, place) => outcomes.get(place) ?? unknown.get(place) ?? untaken(trial, options));
}

interface ReadyMerge {
  readonly merge: Merge;
  readonly before: readonly FoundFile[];
}

function mergeAll(
  repository: Repository,
  ready: readonly ReadyMerge[],
  { workTree, signal, onAnswered }: Pick<PairOptions, 'workTree' | 'signal' | 'onAnswered'>,
): Promise<readonly Answer<MergeResult>[]> {
  return trialMerges(
    repository,
    ready.map(({ merge }) => merge),
    { workTree, ...(signal ? { signal } : {}), ...(onAnswered ? { onAnswered } : {}) },
  );
}

interface Merged {
  readonly some: readonly ReadyMerge[];
  readonly results: readonly Answer<MergeResult>[];
  readonly workTree: string;
}

async function readOutcomes(
  repository: Repository,
  { some, results, workTree }: Merged,
  { base, workTree: usual }: PairOptions,
): Promise<readonly Outcome[]> {
  const tried = some.map(({ merge, before }, place) => ({
    ...{ merge, result: results[place] },
    ...(workTree === usual && { before }),
  }));
  const found = await readFoundFiles(repository, tried, { base });
  return some.map(({ before }, place): Outcome => {
    const result = results[place];
    if (!result?.known) return result ?? { known: false, reason: 'it was not tried' };
    const files = risenConflicts(found[place] ?? [], before).map(({ stages: _, ...file }) => ({
      ...file,
      path: ownText(file.path),
    }));
    return { known: true, value: result.value.isClean ? null : files };
  });
}

/** Of a pair whose first could not be made ready to merge. */
function untaken(trial: Trial | undefined, { heads, signal }: PairOptions): Answer<never> | undefined {
  const first = trial === undefined ? undefined : heads.get(trial.first);
  if (first === undefined || first.merge.conflicts === null || signal?.aborted === true) return undefined;
  return { known: false, reason: 'what conflicts with the base, only to be made anew, cannot be taken from it' };
}

/**
 * A commit of base and head for every head that some other is merged after. One that conflicts with the base does so in
 * files alone that are made anew: in them it has what the base has.
 */
async function commitFirsts(
  repository: Repository,
  trials: readonly Trial[],
  { base, heads, workTree, signal }: PairOptions,
): Promise<ReadonlyMap<number, string>> {
  const firsts = [...new Set(trials.map(({ first }) => first))];
  const known = firsts.flatMap((place) => {
    const head = heads.get(place);
    return head === undefined ? [] : [{ place, head }];
  });
  // Trees that an earlier run merged are told by the cache, but they are not in this folder.
  const absent = known.filter(({ head }) => !repository.trees.has(head.merge.tree));
  const merges = absent.map(({ head }) => ({ ours: base.commit, theirs: head.head.commit }));
  await trialMerges(repository, merges, { workTree, ...(signal ? { signal } : {}) });
  const merged = known.filter(({ head }) => repository.trees.has(head.merge.tree));
  const limit = pLimit(TAKEN_AT_ONCE);
  const trees = await Promise.all(
    merged.map(({ head: { merge } }) =>
      merge.conflicts === null
        ? merge.tree
        : limit(takeFromBase, repository, {
            ...{ base, tree: merge.tree, paths: merge.conflicts.map(({ path }) => path) },
            ...(signal ? { signal } : {}),
          }),
    ),
  );
  const present = merged.flatMap(({ place, head }, index) => {
    const tree = trees[index] ?? null;
    return tree === null ? [] : [{ place, tree, parents: [base.commit, head.head.commit] }];
  });
  const ids = await writeCommits(repository, present);
  return new Map(present.flatMap(({ place }, index) => (ids[index] === undefined ? [] : [[place, ids[index]]])));
}

interface AttributeGroups {
  /** The trials (by their places) of each folder of attributes. */
  readonly groups: ReadonlyMap<string, readonly number[]>;
  /** Trials whose first head brings attributes by which nobody can merge. */
  readonly unknown: ReadonlyMap<number, Answer<never>>;
}

/** A first head that changes attributes brings its own. */
async function groupByAttributes(
  repository: Repository,
  trials: readonly Trial[],
  { heads, workTree }: PairOptions,
): Promise<AttributeGroups> {
  const folders = new Map<number, Answer<string>>();
  const groups = new Map<string, number[]>();
  const unknown = new Map<number, Answer<never>>();
  for (const [place, { first }] of trials.entries()) {
    const merge = heads.get(first)?.merge;
    const folder = folders.get(first) ?? (await attributesAfter(repository, merge, workTree));
    folders.set(first, folder);
    if (!folder.known) {
      unknown.set(place, folder);
      continue;
    }
    const group = groups.get(folder.value);
    if (group === undefined) groups.set(folder.value, [place]);
    else group.push(place);
  }
  return { groups, unknown };
}

async function attributesAfter(
  repository: Repository,
  merge: BaseMerge | undefined,
  workTree: string,
): Promise<Answer<string>> {
  const changes = merge?.onBase.some(({ path, oldPath }) =>
    /(^|\/)\.gitattributes$/m.test(`${path}\n${oldPath ?? ''}`),
  );
  if (merge === undefined || changes !== true) return { known: true, value: workTree };
  const laidOut = await layOutAttributes(repository, merge.tree);
  return laidOut.known ? { known: true, value: laidOut.value.workTree } : laidOut;
}
