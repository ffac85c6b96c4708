/** What is waited for, as numbers: a vertex is a place in the list, oldest first, so that ties go to the older. */
export interface ConflictGraph {
  readonly weights: readonly number[];
  /** By vertex, each pair from both sides and only once. */
  readonly conflicts: readonly (readonly Conflict[])[];
  /** By vertex, what must be merged before it: without circles. */
  readonly after: readonly (readonly number[])[];
}

export interface Conflict {
  readonly other: number;
  readonly probability: number;
}

/** The chance that a vertex is hit when those that `isEarlier` names are merged before it. */
export function hitChance(graph: ConflictGraph, vertex: number, isEarlier: (other: number) => boolean): number {
  let clean = 1;
  for (const { other, probability } of graph.conflicts[vertex] ?? []) if (isEarlier(other)) clean *= 1 - probability;
  return 1 - clean;
}

/** The weight that is expected to be redone in an order of all vertices. */
export function expectedRework(graph: ConflictGraph, order: readonly number[]): number {
  const isMerged = new Uint8Array(graph.weights.length);
  let rework = 0;
  for (const vertex of order) {
    rework += (graph.weights[vertex] ?? 0) * hitChance(graph, vertex, (other) => isMerged[other] === 1);
    isMerged[vertex] = 1;
  }
  return rework;
}

/** The place of each vertex, from 0. */
export function placesOf(order: readonly number[]): Int32Array {
  const placeOf = new Int32Array(order.length);
  for (const [place, vertex] of order.entries()) placeOf[vertex] = place;
  return placeOf;
}

/** The graph of some vertices alone, renumbered in the order in which they are given. */
export function subgraphOf(graph: ConflictGraph, members: readonly number[]): ConflictGraph {
  const renumbered = new Map(members.map((vertex, index) => [vertex, index]));
  const within = (vertex: number): readonly number[] => {
    const index = renumbered.get(vertex);
    return index === undefined ? [] : [index];
  };
  return {
    weights: members.map((vertex) => graph.weights[vertex] ?? 0),
    conflicts: members.map((vertex) =>
      (graph.conflicts[vertex] ?? []).flatMap(({ other, probability }) =>
        within(other).map((index) => ({ other: index, probability })),
      ),
    ),
    after: members.map((vertex) => (graph.after[vertex] ?? []).flatMap(within)),
  };
}

/** Groups of vertices that neither conflict with nor wait for one of another group, each in ascending order. */
export function componentsOf(graph: ConflictGraph): readonly (readonly number[])[] {
  const links = linksOf(graph);
  const isSeen = new Uint8Array(links.length);
  const components: number[][] = [];
  for (const start of links.keys()) {
    if (isSeen[start] === 1) continue;
    isSeen[start] = 1;
    const component = [start];
    for (const vertex of component)
      for (const next of links[vertex] ?? []) {
        if (isSeen[next] === 1) continue;
        isSeen[next] = 1;
        component.push(next);
      }
    components.push(component.sort((one, other) => one - other));
  }
  return components;
}

function linksOf({ conflicts, after }: ConflictGraph): readonly (readonly number[])[] {
  const links = conflicts.map((list) => list.map(({ other }) => other));
  for (const [vertex, list] of after.entries())
    for (const earlier of list) {
      links[vertex]?.push(earlier);
      links[earlier]?.push(vertex);
    }
  return links;
}
