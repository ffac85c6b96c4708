import { candidatePairs } from '../core/risk/candidate-pairs.ts';
import type { ConflictHistory } from '../core/risk/conflict-history.ts';
import { type EstimatedPair, eachEstimate, type ShownChange } from '../core/risk/estimate-pairs.ts';
import type { Stack } from '../core/risk/find-stacks.ts';
import { SHIPPED_WEIGHTS } from '../core/risk/risk-weights.ts';

/** Places of two changes, the lower first. */
export type Pair = readonly [number, number];

interface ApartFacts {
  /** Asked of every pair that shares a path. */
  readonly isDue: (pair: Pair) => boolean;
  /** Estimated as well, whatever they share. */
  readonly also?: readonly Pair[];
  readonly stacks: readonly Stack[];
  readonly isRegenerated: (path: string) => boolean;
  readonly history: ConflictHistory;
}

/** Pairs to estimate, one after the other, and how many they are. */
export interface Estimates {
  readonly count: number;
  readonly each: Iterable<EstimatedPair>;
}

/** Estimates in which files that are made anew count only between changes that share nothing else, and are told as such. */
export function estimateApart(changes: readonly ShownChange[], facts: ApartFacts): Estimates {
  const { isDue, also = [], stacks, history, isRegenerated } = facts;
  const byHand = changes.map(({ name, files }) => ({ name, files: files.filter(({ path }) => !isRegenerated(path)) }));
  const pairsByHand = pairsOf(byHand).filter(isDue);
  const isByHand = new Set(pairsByHand.map(String));
  const anew = pairsOf(changes).filter((pair) => isDue(pair) && !isByHand.has(String(pair)));
  const isTold = new Set([...isByHand, ...anew.map(String)]);
  const rest = also.filter((pair) => !isTold.has(String(pair)));
  const about = { stacks, history, weights: SHIPPED_WEIGHTS };
  const each = function* (): Generator<EstimatedPair> {
    yield* eachEstimate(byHand, { ...about, pairs: [...pairsByHand, ...rest] });
    for (const { a, b, finding } of eachEstimate(changes, { ...about, pairs: anew }))
      yield { a, b, finding: { ...finding, regenerate: true } };
  };
  return { count: pairsByHand.length + rest.length + anew.length, each: each() };
}

const pairsOf = (changes: readonly ShownChange[]): readonly Pair[] =>
  candidatePairs(
    changes.map(({ files }) => ({ own: files, onBase: [] })),
    [],
  );
