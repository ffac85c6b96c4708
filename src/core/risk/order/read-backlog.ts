import { circlesOf } from '../../circles-of.ts';
import type { Conflict, ConflictGraph } from './conflict-graph.ts';
import type { ConflictEdge, MergeItem } from './merge-item.ts';

export interface Backlog {
  /** Oldest first, then by name: the number of a vertex is its place here. */
  readonly items: readonly MergeItem[];
  readonly graph: ConflictGraph;
  /** Names that wait for each other in circles: what lies within a circle does not count as a dependency. */
  readonly circles: readonly (readonly string[])[];
}

/**
 * What waits as a graph. A pair that is named twice has the likelier conflict; one of a change with itself or with one
 * that does not wait here has none. Of two items with one name the older counts.
 */
export function readBacklog(items: readonly MergeItem[], edges: readonly ConflictEdge[]): Backlog {
  const sorted = uniqueByName([...items].sort(byAge));
  const vertexOf = new Map(sorted.map(({ name }, vertex) => [name, vertex]));
  const waits = sorted.flatMap(({ name, after }) =>
    after.filter((earlier) => vertexOf.has(earlier)).map((earlier) => [name, earlier] as const),
  );
  const leader = circlesOf(waits);
  const after = sorted.map((): number[] => []);
  for (const [name, earlier] of waits) {
    if (leader.get(name) === leader.get(earlier)) continue;
    pushNew(after[vertexOf.get(name) ?? -1], vertexOf.get(earlier));
  }
  return {
    items: sorted,
    graph: { weights: sorted.map(({ weight }) => weight), conflicts: conflictsOf(edges, vertexOf), after },
    circles: groupByLeader(
      sorted.map(({ name }) => name),
      leader,
    ),
  };
}

const byAge = (one: MergeItem, other: MergeItem): number =>
  Date.parse(one.enteredAt) - Date.parse(other.enteredAt) || (one.name < other.name ? -1 : 1);

const uniqueByName = (items: readonly MergeItem[]): readonly MergeItem[] => {
  const first = new Map<string, MergeItem>();
  for (const item of items) if (!first.has(item.name)) first.set(item.name, item);
  return [...first.values()];
};

function pushNew(list: number[] | undefined, vertex: number | undefined): void {
  if (vertex !== undefined && list?.includes(vertex) === false) list.push(vertex);
}

function conflictsOf(edges: readonly ConflictEdge[], vertexOf: ReadonlyMap<string, number>): readonly Conflict[][] {
  const found = Array.from(vertexOf, () => new Map<number, number>());
  for (const { a, b, probability } of edges) {
    const [one, other] = [vertexOf.get(a), vertexOf.get(b)];
    if (one === undefined || other === undefined || one === other || probability <= 0) continue;
    const likelier = Math.max(Math.min(probability, 1), found[one]?.get(other) ?? 0);
    found[one]?.set(other, likelier);
    found[other]?.set(one, likelier);
  }
  return found.map((byOther) =>
    [...byOther].sort(([one], [other]) => one - other).map(([other, probability]) => ({ other, probability })),
  );
}

function groupByLeader(names: readonly string[], leader: ReadonlyMap<string, string>): readonly (readonly string[])[] {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const key = leader.get(name) ?? name;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}
