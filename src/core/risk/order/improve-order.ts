import { type Conflict, type ConflictGraph, placesOf } from './conflict-graph.ts';

/** The first and the last place to which a vertex may be moved while the others keep their order. */
export type ReachOf = (vertex: number, order: readonly number[], placeOf: Int32Array) => readonly [number, number];

const MOST_PASSES = 30;
/** Of all passes together; one looks at the neighbours of all neighbours of every vertex. */
const MOST_VISITS = 20_000_000;
const TOO_LITTLE = 1e-9;

/**
 * Moves single vertices to better places until none is left, at most 30 times over all, less often where most vertices
 * conflict with most others; never a worse order.
 */
export function improveOrder(graph: ConflictGraph, start: readonly number[], reachOf: ReachOf): readonly number[] {
  const order = [...start];
  const placeOf = placesOf(order);
  const visits = graph.conflicts.reduce((sum, { length }) => sum + length ** 2, 0);
  const passes = Math.min(MOST_PASSES, Math.floor(MOST_VISITS / visits));
  for (let pass = 0; pass < passes; pass += 1) {
    let isBetter = false;
    for (const vertex of graph.weights.keys()) {
      const place = betterPlace(graph, vertex, { placeOf, reach: reachOf(vertex, order, placeOf) });
      if (place === null) continue;
      moveTo(order, placeOf, vertex, place);
      isBetter = true;
    }
    if (!isBetter) break;
  }
  return order;
}

interface Moving {
  readonly placeOf: Int32Array;
  readonly reach: readonly [number, number];
}

/** Only its neighbours matter: it may stand before the first of them, or right behind any. Null where no place is better. */
function betterPlace(graph: ConflictGraph, vertex: number, { placeOf, reach }: Moving): number | null {
  const here = placeOf[vertex] ?? 0;
  const [first, last] = reach;
  const place = ({ other }: Conflict): number => placeOf[other] ?? 0;
  const around = [...(graph.conflicts[vertex] ?? [])].sort((one, other) => place(one) - place(other));
  let cost = 0;
  let costHere = 0;
  let best = 0;
  let bestPlace: number | null = null;
  let clean = 1;
  const weight = graph.weights[vertex] ?? 0;
  // A gap lies before each neighbour and after the last; `cost` is what all of them pay when the vertex stands in it.
  for (let gap = 0; gap <= around.length; gap += 1) {
    const before = around[gap - 1];
    if (before !== undefined) {
      cost -=
        (graph.weights[before.other] ?? 0) * before.probability * cleanWithout(graph, before.other, vertex, placeOf);
      clean *= 1 - before.probability;
    }
    const total = cost + weight * (1 - clean);
    const next = around[gap];
    const opens = before === undefined ? 0 : place(before) + 1;
    const closes = next === undefined ? placeOf.length : place(next);
    if (opens <= here && here <= closes) costHere = total;
    // Taken out of its place, whatever stood behind it moves up by one.
    const target = Math.max(first, opens > here ? opens - 1 : opens);
    const isWithin = target <= Math.min(last, closes > here ? closes - 1 : closes);
    if (isWithin && (bestPlace === null || total < best - TOO_LITTLE)) {
      best = total;
      bestPlace = target;
    }
  }
  return bestPlace !== null && best < costHere - TOO_LITTLE ? bestPlace : null;
}

/** The chance that nothing before it but `mover` hits a vertex. */
function cleanWithout(graph: ConflictGraph, vertex: number, mover: number, placeOf: Int32Array): number {
  const place = placeOf[vertex] ?? 0;
  let clean = 1;
  for (const { other, probability } of graph.conflicts[vertex] ?? [])
    if (other !== mover && (placeOf[other] ?? 0) < place) clean *= 1 - probability;
  return clean;
}

export function moveTo(order: number[], placeOf: Int32Array, vertex: number, place: number): void {
  const from = placeOf[vertex] ?? 0;
  order.splice(from, 1);
  order.splice(place, 0, vertex);
  for (let at = Math.min(from, place); at <= Math.max(from, place); at += 1) placeOf[order[at] ?? 0] = at;
}

/** Between the last vertex that must come before it and the first that must come after it. */
export function reachWithin(graph: ConflictGraph): ReachOf {
  const before = graph.after;
  const behind = graph.weights.map((): number[] => []);
  for (const [vertex, list] of before.entries()) for (const earlier of list) behind[earlier]?.push(vertex);
  return (vertex, order, placeOf) => [
    (before[vertex] ?? []).reduce((first, earlier) => Math.max(first, (placeOf[earlier] ?? 0) + 1), 0),
    (behind[vertex] ?? []).reduce((last, later) => Math.min(last, (placeOf[later] ?? 0) - 1), order.length - 1),
  ];
}
