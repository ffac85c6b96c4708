import { seededRandom } from '../../seeded-random.ts';
import { type ConflictGraph, expectedRework, placesOf } from './conflict-graph.ts';
import { exactOrder, MOST_FOR_EXACT_ORDER } from './exact-order.ts';
import { improveOrder, moveTo, type ReachOf, reachWithin } from './improve-order.ts';
import { independentSet, type SetGraph } from './independent-set.ts';
import { oldestFirst } from './oldest-first.ts';
import { searchIndependentSet } from './search-independent-set.ts';

export interface ComponentOrder {
  readonly order: readonly number[];
  /** Whether no other order has less expected rework. */
  readonly isOptimal: boolean;
}

/** Beyond it a proof is not even tried: a large component rarely gets one in time. */
const MOST_FOR_EXACT_SET = 150;
const MOST_VISITS = 1_000_000;
const MOST_SEARCH_VISITS = 10_000_000;
const SEED = 20_261_122;

/**
 * The order of one component with the least expected rework: proven for a few vertices, and for up to 150 whose conflicts
 * are all certain where the proof is short; else the best that a search with fixed numbers of steps finds.
 *
 * Where all conflicts are certain and nothing must wait, those that are not hit are an independent set, and whichever
 * independent set goes first is not hit: the heaviest one is best.
 */
export function orderComponent(graph: ConflictGraph): ComponentOrder {
  const count = graph.weights.length;
  if (count <= MOST_FOR_EXACT_ORDER) return { order: exactOrder(graph), isOptimal: true };
  const likely = likelyConflicts(graph);
  const proven = count <= MOST_FOR_EXACT_SET ? independentSet(likely, MOST_VISITS) : null;
  const set = proven ?? searchIndependentSet(likely, { mostSteps: count * 30, mostVisits: MOST_SEARCH_VISITS });
  const setFirst = oldestFirst(graph, [...set, ...graph.weights.keys()]);
  if (isCertain(graph) && proven !== null) return { order: setFirst, isOptimal: true };
  const byAge = [...graph.weights.keys()];
  const byWeight = byAge.toSorted((one, other) => (graph.weights[other] ?? 0) - (graph.weights[one] ?? 0));
  const starts = [setFirst, oldestFirst(graph, byAge), oldestFirst(graph, byWeight)];
  return { order: searchOrder(graph, starts), isOptimal: false };
}

const likelyConflicts = ({ weights, conflicts }: ConflictGraph): SetGraph => ({
  weights,
  neighbours: conflicts.map((list) => list.filter(({ probability }) => probability >= 0.5).map(({ other }) => other)),
});

const isCertain = ({ conflicts, after }: ConflictGraph): boolean =>
  after.every((list) => list.length === 0) && conflicts.flat().every(({ probability }) => probability === 1);

/** Iterated local search: the better of the starts, then a few moves at random and the way down from there, again and again. */
function searchOrder(graph: ConflictGraph, starts: readonly (readonly number[])[]): readonly number[] {
  const reachOf = reachWithin(graph);
  const random = seededRandom(SEED);
  let best: readonly number[] = [];
  let least = Number.POSITIVE_INFINITY;
  const tryFrom = (start: readonly number[]): void => {
    const order = improveOrder(graph, start, reachOf);
    const rework = expectedRework(graph, order);
    if (rework >= least) return;
    best = order;
    least = rework;
  };
  for (const start of starts) tryFrom(start);
  const size = graph.weights.length + graph.conflicts.reduce((sum, list) => sum + list.length, 0);
  const rounds = Math.min(200, Math.floor(60_000 / size));
  for (let round = 0; round < rounds; round += 1) tryFrom(shaken(best, reachOf, random));
  return best;
}

function shaken(start: readonly number[], reachOf: ReachOf, random: () => number): readonly number[] {
  const order = [...start];
  const placeOf = placesOf(order);
  const moves = 3 + Math.floor(order.length / 30);
  for (let move = 0; move < moves; move += 1) {
    const vertex = Math.floor(random() * order.length);
    const [first, last] = reachOf(vertex, order, placeOf);
    moveTo(order, placeOf, vertex, first + Math.floor(random() * (last - first + 1)));
  }
  return order;
}
