import { type ConflictGraph, componentsOf, expectedRework, placesOf, subgraphOf } from './conflict-graph.ts';
import { exactOrder, type MayStand, MOST_FOR_EXACT_ORDER } from './exact-order.ts';

/**
 * The order with the least expected rework of those in which every place has a vertex that `mayStand` there: exact where
 * all are few, else each small component exactly among the places that it has. `order` is one of them.
 */
export function settleOrder(graph: ConflictGraph, order: readonly number[], mayStand: MayStand): readonly number[] {
  const placeOf = placesOf(order);
  const settled = [...order];
  const groups = order.length <= MOST_FOR_EXACT_ORDER ? [[...graph.weights.keys()]] : componentsOf(graph);
  for (const group of groups) {
    if (group.length < 2 || group.length > MOST_FOR_EXACT_ORDER) continue;
    const places = group.map((vertex) => placeOf[vertex] ?? 0).sort((one, other) => one - other);
    const inner = subgraphOf(graph, group);
    const found = exactOrder(inner, (index, at) => mayStand(group[index] ?? -1, places[at] ?? -1));
    const before = places.map((place) => group.indexOf(order[place] ?? -1));
    if (found.length === 0 || expectedRework(inner, found) >= expectedRework(inner, before) - 1e-9) continue;
    for (const [at, place] of places.entries()) settled[place] = group[found[at] ?? -1] ?? -1;
  }
  return settled;
}
