import { type ConflictGraph, componentsOf, hitChance, placesOf, subgraphOf } from './conflict-graph.ts';
import { orderComponent } from './order-component.ts';

export interface Preference {
  readonly order: readonly number[];
  /** Whether no other order of the same groups has less expected rework. */
  readonly isOptimal: boolean;
}

/**
 * Groups of vertices one after the other, each in the order with the least expected rework given that all groups before it
 * are merged. Within a group, first what most likely merges clean, then the rest, either oldest first as far as
 * conflicts allow. A group must not wait for one behind it.
 */
export function preferOrder(graph: ConflictGraph, groups: readonly (readonly number[])[]): Preference {
  const isMerged = new Set<number>();
  const order: number[] = [];
  let isOptimal = true;
  for (const group of groups) {
    // What an earlier group will hit anyway is no longer worth sparing.
    const weights = graph.weights.map(
      (weight, vertex) => weight * (1 - hitChance(graph, vertex, (other) => isMerged.has(other))),
    );
    const members = [...group].sort((one, other) => one - other);
    const within = subgraphOf({ ...graph, weights }, members);
    const preferred = orderGroup(within);
    isOptimal &&= preferred.isOptimal;
    for (const index of preferred.order) order.push(members[index] ?? 0);
    for (const vertex of members) isMerged.add(vertex);
  }
  return { order, isOptimal };
}

function orderGroup(graph: ConflictGraph): Preference {
  const solved = componentsOf(graph).map((members) => {
    const { order, isOptimal } = orderComponent(subgraphOf(graph, members));
    return { order: order.map((index) => members[index] ?? 0), isOptimal };
  });
  return {
    order: mergeComponents(
      graph,
      solved.flatMap(({ order }) => order),
    ),
    isOptimal: solved.every(({ isOptimal }) => isOptimal),
  };
}

/** Components one after the other, woven together: each conflict keeps who goes first, and so does each dependency. */
function mergeComponents(graph: ConflictGraph, order: readonly number[]): readonly number[] {
  const placeOf = placesOf(order);
  const isEarlier = (one: number, other: number): boolean => (placeOf[one] ?? 0) < (placeOf[other] ?? 0);
  const waitsFor = order.map((_, vertex) => [
    ...(graph.after[vertex] ?? []),
    ...(graph.conflicts[vertex] ?? []).flatMap(({ other }) => (isEarlier(other, vertex) ? [other] : [])),
  ]);
  const isLikelyClean = order.map((_, vertex) => hitChance(graph, vertex, (other) => isEarlier(other, vertex)) < 0.5);
  return weave(waitsFor, (one, other) => Number(isLikelyClean[other]) - Number(isLikelyClean[one]) || one - other);
}

/** At each place the first by `compare` of those that wait for nothing any more. */
function weave(
  waitsFor: readonly (readonly number[])[],
  compare: (one: number, other: number) => number,
): readonly number[] {
  const missing = waitsFor.map((list) => list.length);
  const waiting = waitsFor.map((): number[] => []);
  for (const [vertex, list] of waitsFor.entries()) for (const earlier of list) waiting[earlier]?.push(vertex);
  const free = [...missing.keys()].filter((vertex) => missing[vertex] === 0).sort(compare);
  const order: number[] = [];
  for (let next = free.shift(); next !== undefined; next = free.shift()) {
    order.push(next);
    for (const vertex of waiting[next] ?? []) {
      missing[vertex] = (missing[vertex] ?? 0) - 1;
      if (missing[vertex] !== 0) continue;
      const at = free.findIndex((other) => compare(vertex, other) < 0);
      free.splice(at < 0 ? free.length : at, 0, vertex);
    }
  }
  return order;
}
