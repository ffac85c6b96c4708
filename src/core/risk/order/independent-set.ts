/** Vertices with weights, and for each the others with which it may not be chosen. */
export interface SetGraph {
  readonly weights: readonly number[];
  readonly neighbours: readonly (readonly number[])[];
}

/**
 * An independent set of the greatest weight, or null where the proof would take more than `mostVisits` visits of
 * vertices and edges. Branches on the vertex with the most neighbours; before that it takes what outweighs all of its neighbours,
 * folds vertices with one neighbour into it, and lets parts that do not touch be solved apart.
 */
export function independentSet(graph: SetGraph, mostVisits: number): readonly number[] | null {
  const search: Search = { graph, visitsLeft: mostVisits };
  const set = solve(search, new Set(graph.weights.keys()), [...graph.weights]);
  return set === null ? null : [...set].sort((one, other) => one - other);
}

interface Search {
  readonly graph: SetGraph;
  visitsLeft: number;
}

type Weights = readonly number[];

function solve(search: Search, alive: ReadonlySet<number>, weights: Weights): readonly number[] | null {
  const chosen: number[] = [];
  for (const part of partsOf(search, alive)) {
    const set = solvePart(search, part, weights);
    if (set === null || search.visitsLeft < 0) return null;
    for (const vertex of set) chosen.push(vertex);
  }
  return chosen;
}

function solvePart(search: Search, alive: ReadonlySet<number>, weights: Weights): readonly number[] | null {
  let widest = -1;
  let widestDegree = -1;
  for (const vertex of alive) {
    const around = aliveAround(search, vertex, alive);
    const weight = weights[vertex] ?? 0;
    const weightAround = around.reduce((sum, other) => sum + (weights[other] ?? 0), 0);
    if (weight >= weightAround) return take(search, alive, weights, vertex);
    const [only] = around;
    if (around.length === 1 && only !== undefined) return fold(search, alive, weights, [vertex, only]);
    if (around.length <= widestDegree) continue;
    widest = vertex;
    widestDegree = around.length;
  }
  if (widest < 0) return [];
  const withIt = take(search, alive, weights, widest);
  const withoutIt = withIt === null ? null : solve(search, without(alive, [widest]), weights);
  if (withIt === null || withoutIt === null) return null;
  return weigh(withIt, weights) >= weigh(withoutIt, weights) ? withIt : withoutIt;
}

function take(search: Search, alive: ReadonlySet<number>, weights: Weights, vertex: number): readonly number[] | null {
  const rest = solve(search, without(alive, [vertex, ...(search.graph.neighbours[vertex] ?? [])]), weights);
  return rest === null ? null : [vertex, ...rest];
}

/** A leaf lighter than its only neighbour: choosing the neighbour instead is worth only what it weighs more. */
function fold(
  search: Search,
  alive: ReadonlySet<number>,
  weights: Weights,
  [leaf, only]: readonly [number, number],
): readonly number[] | null {
  const lighter = weights.with(only, (weights[only] ?? 0) - (weights[leaf] ?? 0));
  const rest = solve(search, without(alive, [leaf]), lighter);
  if (rest === null) return null;
  return rest.includes(only) ? rest : [leaf, ...rest];
}

const aliveAround = ({ graph }: Search, vertex: number, alive: ReadonlySet<number>): readonly number[] =>
  (graph.neighbours[vertex] ?? []).filter((other) => alive.has(other));

function without(alive: ReadonlySet<number>, gone: readonly number[]): ReadonlySet<number> {
  const rest = new Set(alive);
  for (const vertex of gone) rest.delete(vertex);
  return rest;
}

const weigh = (set: readonly number[], weights: Weights): number =>
  set.reduce((sum, vertex) => sum + (weights[vertex] ?? 0), 0);

function partsOf(search: Search, alive: ReadonlySet<number>): readonly ReadonlySet<number>[] {
  const left = new Set(alive);
  const parts: ReadonlySet<number>[] = [];
  for (const start of alive) {
    if (!left.delete(start)) continue;
    const part = new Set([start]);
    for (const vertex of part) {
      const around = search.graph.neighbours[vertex] ?? [];
      search.visitsLeft -= 1 + around.length;
      for (const next of around) if (left.delete(next)) part.add(next);
    }
    if (search.visitsLeft < 0) return [part];
    parts.push(part);
  }
  return parts;
}
