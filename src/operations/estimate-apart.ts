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
  const isAnew = ({ files }: ShownChange): boolean => files.some(({ path }) => isRegenerated(path));
  const byHand = changes.map((change) =>
    isAnew(change) ? { ...change, files: change.files.filter(({ path }) => !isRegenerated(path)) } : change,
  );
  const keyOf = ([a, b]: Pair): number => a * changes.length + b;
  const told = new Set<number>();
  const isNew = (pair: Pair): boolean => {
    const before = told.size;
    return told.add(keyOf(pair)).size > before;
  };
  const pairsByHand = pairsOf(byHand, null).filter((pair) => isDue(pair) && isNew(pair));
  // One of them changes such a file, or they would have met by hand.
  const anewIn = new Set(changes.flatMap((change, place) => (isAnew(change) ? [place] : [])));
  const anew = anewIn.size === 0 ? [] : pairsOf(changes, anewIn).filter((pair) => isDue(pair) && isNew(pair));
  const rest = also.filter(isNew);
  const about = { stacks, history, weights: SHIPPED_WEIGHTS };
  const each = function* (): Generator<EstimatedPair> {
    yield* eachEstimate(byHand, { ...about, pairs: [...pairsByHand, ...rest] });
    for (const { a, b, finding } of eachEstimate(changes, { ...about, pairs: anew }))
      yield { a, b, finding: { ...finding, regenerate: true } };
  };
  return { count: pairsByHand.length + rest.length + anew.length, each: each() };
}

const pairsOf = (changes: readonly ShownChange[], asked: ReadonlySet<number> | null): readonly Pair[] =>
  candidatePairs(
    changes.map(({ files }) => ({ own: files, onBase: [] })),
    [],
    asked,
  );
