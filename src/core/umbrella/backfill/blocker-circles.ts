import { type Ref, refKey } from '../../task/identity.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { BackfillConflict, LinkProposal } from './link-proposal.ts';

interface Checked {
  readonly proposals: readonly LinkProposal[];
  readonly conflicts: readonly BackfillConflict[];
}

/**
 * Sets apart the proposed dependencies that would let tasks wait for each other, beside those that exist. What is for
 * `apply` is judged first, so that a statement in doubt keeps no plain one back.
 */
export function checkCircles(proposals: readonly LinkProposal[], tasks: readonly BackfillTask[]): Checked {
  const recorded = tasks.flatMap(({ ref, blockers }) => blockers.map((blocker): Edge => [ref, blocker]));
  const sure = setApart(
    proposals.filter(({ tier }) => tier === 'apply'),
    recorded,
  );
  const open = setApart(
    proposals.filter(({ tier }) => tier !== 'apply'),
    [...recorded, ...sure.proposals.map(edgeOf)],
  );
  return {
    proposals: [...sure.proposals, ...open.proposals],
    conflicts: [...sure.conflicts, ...open.conflicts],
  };
}

/** Who waits, and for what. */
type Edge = readonly [Ref, Ref];

const edgeOf = ({ child, parent }: LinkProposal): Edge => [child, parent];

function setApart(proposals: readonly LinkProposal[], others: readonly Edge[]): Checked {
  const circle = circlesOf([...others, ...proposals.map(edgeOf)]);
  const isOnCircle = ({ child, parent }: LinkProposal): boolean =>
    circle.get(refKey(child)) === circle.get(refKey(parent));
  return {
    proposals: proposals.filter((one) => !isOnCircle(one)),
    conflicts: proposals.filter(isOnCircle).map((one) => ({ kind: 'cycle', child: one.child, candidates: [one] })),
  };
}

type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * For each task the one that stands for all with which it waits in circles: the strongly connected components, found by
 * two walks (Kosaraju and Sharir) without recursion, since chains may be long.
 */
function circlesOf(edges: readonly Edge[]): ReadonlyMap<string, string> {
  const pairs = edges.map(([from, to]) => [refKey(from), refKey(to)] as const);
  const back = graphOf(pairs.map(([from, to]) => [to, from]));
  const leader = new Map<string, string>();
  for (const start of leftLast(graphOf(pairs)).toReversed()) {
    const reached = leader.has(start) ? [] : [start];
    for (const key of reached) {
      if (leader.has(key)) continue;
      leader.set(key, start);
      for (const next of back.get(key) ?? []) if (!leader.has(next)) reached.push(next);
    }
  }
  return leader;
}

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
