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

/** The best place, where it is better than the one it has; of equal ones the first. */
function betterPlace(graph: ConflictGraph, vertex: number, { placeOf, reach: [first, last] }: Moving): number | null {
  const here = placeOf[vertex] ?? 0;
  let costHere = 0;
  let best: { readonly place: number; readonly cost: number } | null = null;
  for (const { opens, closes, cost } of gapsOf(graph, vertex, placeOf)) {
    if (opens <= here && here <= closes) costHere = cost;
    // Taken out of its place, whatever stood behind it moves up by one.
    const place = Math.max(first, opens > here ? opens - 1 : opens);
    const isWithin = place <= Math.min(last, closes > here ? closes - 1 : closes);
    if (isWithin && (best === null || cost < best.cost - TOO_LITTLE)) best = { place, cost };
  }
  return best !== null && best.cost < costHere - TOO_LITTLE ? best.place : null;
}

interface Gap {
  /** It may be put in front of what stands at any of these places, both included. */
  readonly opens: number;
  readonly closes: number;
  /** What the vertex and its neighbours pay when it stands there, against the first gap. */
  readonly cost: number;
}

/** Where a vertex stands between its neighbours is all that matters: before the first of them, or behind any. */
function gapsOf(graph: ConflictGraph, vertex: number, placeOf: Int32Array): readonly Gap[] {
  const place = ({ other }: Conflict): number => placeOf[other] ?? 0;
  const around = [...(graph.conflicts[vertex] ?? [])].sort((one, other) => place(one) - place(other));
  const weight = graph.weights[vertex] ?? 0;
  const end = (gap: number): number => {
    const next = around[gap];
    return next === undefined ? placeOf.length : place(next);
  };
  const gaps: Gap[] = [{ opens: 0, closes: end(0), cost: 0 }];
  let spared = 0;
  let clean = 1;
  for (const [index, before] of around.entries()) {
    const { other, probability } = before;
    spared += (graph.weights[other] ?? 0) * probability * cleanWithout(graph, other, vertex, placeOf);
    clean *= 1 - probability;
    gaps.push({ opens: place(before) + 1, closes: end(index + 1), cost: weight * (1 - clean) - spared });
  }
  return gaps;
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
