import { type EstimatedFinding, type EstimateFacts, estimatePair } from './estimate.ts';
import type { Stack } from './find-stacks.ts';
import { indexPaths, meetingsOf, type PathIndex } from './overlap.ts';
import type { PairRisk } from './pair-risk.ts';
import type { Pair } from './pair-set.ts';
import type { TouchedFile } from './touched-file.ts';

/** An open change as its pull request shows it. */
export interface ShownChange {
  readonly name: string;
  /** Hunks of all changes on the same lines, as far as that is known. */
  readonly files: readonly TouchedFile[];
}

export interface EstimatedPair extends PairRisk {
  readonly finding: EstimatedFinding;
}

interface PairsFacts extends Omit<EstimateFacts, 'isStacked'> {
  /** Pairs that could collide, by the places of the changes, as `candidatePairs` finds them; all others are left out. */
  readonly pairs: Iterable<Pair>;
  readonly stacks: readonly Stack[];
}

/** What files and hunks say about each pair, in the order of `pairs`. */
export const estimatePairs = (changes: readonly ShownChange[], facts: PairsFacts): readonly PairRisk[] => [
  ...eachEstimate(changes, facts),
];

/** The same one after the other: of hundreds of thousands nobody keeps all. */
export function* eachEstimate(changes: readonly ShownChange[], facts: PairsFacts): Generator<EstimatedPair> {
  const estimate = pairEstimator(changes, facts);
  for (const pair of facts.pairs) {
    const found = estimate(pair);
    if (found !== null) yield found;
  }
}

/** The same of one pair at a time; null where one of its places is nobody's. */
export function pairEstimator(
  changes: readonly ShownChange[],
  facts: Omit<PairsFacts, 'pairs'>,
): (pair: Pair) => EstimatedPair | null {
  const stacked = new Map(facts.stacks.map((stack) => [pairKey(stack.dependent, stack.on), stack]));
  const indexes = new Map<ShownChange, PathIndex>();
  const indexOf = (change: ShownChange): PathIndex => {
    const index = indexes.get(change) ?? indexPaths(change.files);
    indexes.set(change, index);
    return index;
  };
  return ([i, j]) => {
    const [a, b] = [changes[i], changes[j]];
    if (a === undefined || b === undefined) return null;
    const stack = stacked.get(pairKey(i, j));
    const found = estimatePair(meetingsOf(indexOf(a), indexOf(b)), { ...facts, isStacked: stack !== undefined });
    const finding = stack === undefined ? found : { ...found, stack: namesOf(stack, changes) };
    return { a: a.name, b: b.name, finding };
  };
}

const namesOf = ({ dependent, on }: Stack, changes: readonly ShownChange[]) => ({
  dependent: changes[dependent]?.name ?? '',
  on: changes[on]?.name ?? '',
});

const pairKey = (one: number, other: number): string => `${Math.min(one, other)} ${Math.max(one, other)}`;
