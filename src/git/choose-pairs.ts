import * as z from 'zod';
import { candidatePairs } from '../core/risk/candidate-pairs.ts';
import { findStacks, type Stack } from '../core/risk/find-stacks.ts';
import { type Pairs, pairSet } from '../core/risk/pair-set.ts';
import type { ResolvedHead } from './list-heads.ts';
import { keyOf } from './merge-onto-base.ts';
import type { Repository } from './open-repository.ts';
import { readLostGround } from './read-lost-ground.ts';
import type { Survey } from './survey-heads.ts';
import type { TrialCache } from './trial-cache.ts';

export interface PairChoice {
  readonly base: ResolvedHead;
  /** Only pairs with one of these heads, by their places. Null: all. */
  readonly asked: ReadonlySet<number> | null;
  /** Instead of the candidates all others, and no stacks, which are candidates. */
  readonly isOfDropped: boolean;
  /** Heads whose pairs are not tried now: that they share a path with another is enough to name them. */
  readonly waits: (place: number) => boolean;
  readonly cache: TrialCache;
}

export interface ChosenPairs {
  readonly pairs: Pairs;
  readonly stacks: readonly Stack[];
}

/** The pairs to try, and the stacks, by the places of their heads. */
export async function choosePairs(repository: Repository, survey: Survey, choice: PairChoice): Promise<ChosenPairs> {
  const { asked, isOfDropped } = choice;
  const { heads } = survey;
  const isAsked = (a: number, b: number): boolean => asked === null || asked.has(a) || asked.has(b);
  const chosen = await candidatesOf(repository, survey, choice);
  const pairs = pairSet(heads.length);
  if (isOfDropped) {
    for (const a of heads.keys())
      for (let b = a + 1; b < heads.length; b += 1) if (!chosen.has(a, b) && isAsked(a, b)) pairs.add(a, b);
    return { pairs, stacks: [] };
  }
  for (const [a, b] of chosen) if (isAsked(a, b)) pairs.add(a, b);
  const stacks = findStacks(heads.map(({ commit, open }) => ({ commit, standing: open?.standing ?? null })));
  return { pairs, stacks: stacks.filter(({ dependent, on }) => isAsked(dependent, on)) };
}

/** More make a line of the cache that is tens of megabytes long, and are never all tried. */
const MOST_KEPT = 2_000_000;

/** To be raised with every change of what `candidatePairs` or `readLostGround` tell: what an older one found is then found anew. */
const RULES = 1;

const knownSchema = z.object({ heads: z.array(z.string()), pairs: z.array(z.tuple([z.int(), z.int()])) });

/**
 * Whether two heads could collide is decided by them and the base alone, so what an earlier run found of pairs that are
 * still there holds: after a push only the pushed head is compared with the others.
 */
async function candidatesOf(repository: Repository, survey: Survey, choice: PairChoice): Promise<Pairs> {
  const { asked, base, cache, waits } = choice;
  const keys = keysOf(survey, waits);
  const cacheKey = `pairs ${RULES} ${base.tree}`;
  const known = knownSchema.safeParse(cache.get(cacheKey)).data ?? { heads: [], pairs: [] };
  const before = new Set(known.heads);
  const fresh = new Set(keys.flatMap((key, place) => (key !== null && !before.has(key) ? [place] : [])));
  if (asked !== null && asked.size < fresh.size) return compare(repository, survey, { ...choice, asked });
  const found = await compare(repository, survey, { ...choice, asked: fresh });
  const placeOf = new Map(keys.map((key, place) => [key, place]));
  const all = pairSet(survey.heads.length, found);
  for (const pair of known.pairs) {
    const [a, b] = pair.map((index) => placeOf.get(known.heads[index] ?? ''));
    if (a !== undefined && b !== undefined) all.add(a, b);
  }
  // What git was kept from telling counts as a candidate: for this once.
  if (fresh.size > 0 && repository.signal?.aborted !== true) {
    const judged = keys.flatMap((key, place) => (key === null ? [] : [place]));
    const index = new Map(judged.map((place, at) => [place, at]));
    const pairs: [number, number][] = [];
    for (const [a, b] of all) {
      const [one, other] = [index.get(a), index.get(b)];
      if (one !== undefined && other !== undefined && pairs.length <= MOST_KEPT) pairs.push([one, other]);
    }
    if (pairs.length <= MOST_KEPT) cache.set(cacheKey, { heads: judged.map((place) => keys[place]), pairs });
  }
  return all;
}

/** By place; null where nobody is to be tried. Heads that are the same commit are numbered. */
function keysOf({ heads }: Survey, waits: PairChoice['waits']): readonly (string | null)[] {
  const counts = new Map<string, number>();
  return heads.map(({ open }, place) => {
    if (open === null || waits(place)) return null;
    const key = keyOf(open.head, open.standing);
    const count = (counts.get(key) ?? 0) + 1;
    counts.set(key, count);
    return count === 1 ? key : `${key} ${count}`;
  });
}

/** Candidates with one of `asked`, and all with a head that waits. */
async function compare(
  repository: Repository,
  { heads, basePaths }: Survey,
  { base, waits, asked }: Pick<PairChoice, 'base' | 'waits' | 'asked'>,
): Promise<Pairs> {
  const changes = heads.map(({ commit, open }, place) => ({
    commit,
    own: open?.merge.own ?? [],
    onBase: open?.merge.onBase ?? [],
    conflicts: open?.merge.conflicts?.map(({ path }) => path) ?? [],
    unmerged: open?.standing.unmerged ?? new Set<string>(),
    mergeBases: open?.standing.mergeBases ?? [],
    waits: waits(place),
  }));
  // What the base has lost takes long to read, longest for old heads.
  const judged = changes.map((change) => (change.waits ? { ...change, own: [], onBase: [] } : change));
  const lost = await readLostGround(repository, judged, { base, basePaths, asked });
  const waiting = changes.flatMap((change, place) => (change.waits ? [place] : []));
  const grounded = changes.map((change, place) => ({ ...change, ...lost[place] }));
  return candidatePairs(grounded, basePaths, asked === null ? null : new Set([...asked, ...waiting]));
}
