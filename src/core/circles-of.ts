/**
 * For each name the one that stands for all with which it goes in circles, alone where it goes in none: the strongly
 * connected components, found by two walks (Kosaraju and Sharir) without recursion, since chains may be long.
 */
export function circlesOf(edges: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const back = graphOf(edges.map(([from, to]) => [to, from]));
  const leader = new Map<string, string>();
  for (const start of leftLast(graphOf(edges)).toReversed()) {
    const reached = leader.has(start) ? [] : [start];
    for (const key of reached) {
      if (leader.has(key)) continue;
      leader.set(key, start);
      for (const next of back.get(key) ?? []) if (!leader.has(next)) reached.push(next);
    }
  }
  return leader;
}

type Graph = ReadonlyMap<string, readonly string[]>;

function graphOf(pairs: readonly (readonly [string, string])[]): Graph {
  const graph = new Map<string, string[]>();
  for (const [from, to] of pairs) {
    if (!graph.has(to)) graph.set(to, []);
    const ends = graph.get(from);
    if (ends === undefined) graph.set(from, [to]);
    else ends.push(to);
  }
  return graph;
}

/** In the order in which a walk to the depths leaves them. */
function leftLast(graph: Graph): readonly string[] {
  const seen = new Set<string>();
  const left: string[] = [];
  for (const start of graph.keys()) {
    const path = seen.has(start) ? [] : [{ key: start, next: 0 }];
    seen.add(start);
    for (let at = path.at(-1); at !== undefined; at = path.at(-1)) {
      const key = graph.get(at.key)?.[at.next];
      at.next += 1;
      if (key === undefined) {
        left.push(at.key);
        path.pop();
      } else if (!seen.has(key)) {
        seen.add(key);
        path.push({ key, next: 0 });
      }
    }
  }
  return left;
}
