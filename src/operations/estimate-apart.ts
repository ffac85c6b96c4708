import { candidatePairs } from '../core/risk/candidate-pairs.ts';
import type { ConflictHistory } from '../core/risk/conflict-history.ts';
import { type EstimatedPair, eachEstimate, type ShownChange } from '../core/risk/estimate-pairs.ts';
import type { Stack } from '../core/risk/find-stacks.ts';
import { type Pair, type Pairs, pairSet } from '../core/risk/pair-set.ts';
import { SHIPPED_WEIGHTS } from '../core/risk/risk-weights.ts';

interface ApartFacts {
  /** Asked of every pair that shares a path. */
  readonly isDue: (pair: Pair) => boolean;
  /** Estimated as well, whatever they share. */
  readonly also?: Iterable<Pair>;
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
  const byHandFound = pairSet(changes.length);
  for (const pair of pairsOf(byHand, null)) if (isDue(pair)) byHandFound.add(...pair);
  const rest = pairSet(changes.length);
  for (const pair of also) if (!byHandFound.has(...pair)) rest.add(...pair);
  // One of them changes such a file, or they would have met by hand.
  const anewIn = new Set(changes.flatMap((change, place) => (isAnew(change) ? [place] : [])));
  const anew = pairSet(changes.length);
  for (const pair of anewIn.size === 0 ? [] : pairsOf(changes, anewIn))
    if (!byHandFound.has(...pair) && !rest.has(...pair) && isDue(pair)) anew.add(...pair);
  const about = { stacks, history, weights: SHIPPED_WEIGHTS };
  const each = function* (): Generator<EstimatedPair> {
    yield* eachEstimate(byHand, { ...about, pairs: byHandFound });
    yield* eachEstimate(byHand, { ...about, pairs: eachOnce(also, rest, changes.length) });
    for (const { a, b, finding } of eachEstimate(changes, { ...about, pairs: anew }))
      yield { a, b, finding: { ...finding, regenerate: true } };
  };
  return { count: byHandFound.size + rest.size + anew.size, each: each() };
}

/** Those that are chosen, in the order in which they are given. */
function* eachOnce(pairs: Iterable<Pair>, chosen: Pairs, count: number): Generator<Pair> {
  const told = pairSet(count);
  for (const pair of pairs) {
    if (chosen.has(...pair) && told.add(...pair)) yield pair;
  }
}

const pairsOf = (changes: readonly ShownChange[], asked: ReadonlySet<number> | null): Pairs =>
  candidatePairs(
    changes.map(({ files }) => ({ own: files, onBase: [] })),
    [],
    asked,
  );
