import { arrangePlaces } from './arrange-places.ts';
import { type ConflictGraph, expectedRework } from './conflict-graph.ts';
import { explainPlaces, type MergePlace } from './explain-places.ts';
import { type CapPlan, holdCap } from './hold-cap.ts';
import { improveOrder, type ReachOf } from './improve-order.ts';
import type { ConflictEdge, MergeItem, OrderLimits } from './merge-item.ts';
import { oldestFirst } from './oldest-first.ts';
import { preferOrder } from './prefer-order.ts';
import { type Backlog, readBacklog } from './read-backlog.ts';
import { settleOrder } from './settle-order.ts';
import { type Urgency, urgencyOf } from './urgency.ts';

/** What is expected to be redone in an order: how many, and their weight. */
export interface Rework {
  readonly hits: number;
  readonly weight: number;
}

export interface MergeOrder {
  readonly places: readonly MergePlace[];
  readonly rework: Rework;
  /** The same of the oldest first among those that are ready, then among the rest, dependencies kept. */
  readonly oldestFirst: Rework;
  /**
   * `optimal`: no order that keeps readiness, priority and dependencies has less expected rework. `capped`: some would, but
   * for the cap. `searched`: the best that was found.
   */
  readonly proof: 'optimal' | 'capped' | 'searched';
  /** Names that wait for each other; their dependencies among themselves are not kept. */
  readonly circles: readonly (readonly string[])[];
}

/**
 * The order in which the least weight is expected to be redone. A conflict hits whichever merges later. Kept at all
 * costs: dependencies, and that what is not ready comes after all that is. Then nobody waits beyond the cap who need not,
 * then priority, then rework; ties go to the older, then by name.
 */
export function orderMerges(
  items: readonly MergeItem[],
  edges: readonly ConflictEdge[],
  limits: OrderLimits,
): MergeOrder {
  const backlog = readBacklog(items, edges);
  const urgency = urgencyOf(backlog);
  const cap = holdCap(backlog, urgency.isReady, limits);
  const rankOf = ranksOf(urgency, cap);
  const preferred = preferOrder(backlog.graph, groupsOf(rankOf));
  const arranged = arrangePlaces(backlog.graph, { preferred: preferred.order, latest: cap.latest });
  const isForced = arranged.some((vertex, place) => vertex !== preferred.order[place]);
  const improved = isForced ? betterInTime(backlog, arranged, { latest: cap.latest, rankOf }) : arranged;
  // A search may end dearer than what needs none.
  const aged = oldestFirst(backlog.graph, groupsOf(rankOf).flat());
  const isInTime = aged.every((vertex, place) => place <= (cap.latest[vertex] ?? place));
  const isCheaper = expectedRework(backlog.graph, aged) < expectedRework(backlog.graph, improved) - 1e-9;
  const order = isInTime && isCheaper ? aged : improved;
  const rework = reworkOf(backlog.graph, order);
  // Who waited too long goes first whatever it costs: to be compared with an order that knows of no cap.
  const free = cap.overdue.size === 0 ? preferred : preferOrder(backlog.graph, groupsOf(ranksOf(urgency, NOBODY)));
  const isWorse = rework.weight > expectedRework(backlog.graph, free.order) + 1e-9;
  return {
    places: explainPlaces(backlog, { order, preferred: preferred.order, urgency, cap, limits }),
    rework,
    oldestFirst: reworkOf(backlog.graph, oldestFirst(backlog.graph, readyFirst(urgency))),
    proof: free.isOptimal ? (isWorse ? 'capped' : 'optimal') : 'searched',
    circles: backlog.circles,
  };
}

const readyFirst = ({ isReady }: Urgency): readonly number[] =>
  [...isReady.keys()].sort((one, other) => Number(isReady[other]) - Number(isReady[one]) || one - other);

const NOBODY: Pick<CapPlan, 'overdue'> = { overdue: new Set() };

type Rank = readonly [isWaiting: number, isInTime: number, minusPriority: number];

const ranksOf = ({ isReady, priority }: Urgency, { overdue }: Pick<CapPlan, 'overdue'>): readonly Rank[] =>
  isReady.map((ready, vertex) => [ready ? 0 : 1, overdue.has(vertex) ? 0 : 1, -(priority[vertex] ?? 0)]);

const compareRanks = (one: Rank | undefined, other: Rank | undefined): number =>
  one === undefined || other === undefined ? 0 : one[0] - other[0] || one[1] - other[1] || one[2] - other[2];

/** Vertices of one rank together, the first rank first. */
function groupsOf(rankOf: readonly Rank[]): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const sorted = [...rankOf.keys()].sort((one, other) => compareRanks(rankOf[one], rankOf[other]) || one - other);
  for (const vertex of sorted) {
    const group = groups.at(-1);
    if (group !== undefined && compareRanks(rankOf[group[0] ?? -1], rankOf[vertex]) === 0) group.push(vertex);
    else groups.push([vertex]);
  }
  return groups;
}

interface Bounds {
  readonly latest: readonly number[];
  readonly rankOf: readonly Rank[];
}

/** An order that the cap forced, with less rework where its ranks stay as they are and nobody waits too long. */
function betterInTime(backlog: Backlog, arranged: readonly number[], bounds: Bounds): readonly number[] {
  const { latest, rankOf } = bounds;
  const improved = improveOrder(backlog.graph, arranged, reachInTime(backlog, bounds));
  return settleOrder(
    backlog.graph,
    improved,
    (vertex, place) =>
      place <= (latest[vertex] ?? 0) && compareRanks(rankOf[vertex], rankOf[improved[place] ?? -1]) === 0,
  );
}

/** As far as a vertex meets only those of its rank, none that it waits for or that waits for it, and delays nobody too long. */
function reachInTime({ graph: { after } }: Backlog, { latest, rankOf }: Bounds): ReachOf {
  return (vertex, order) => {
    const here = order.indexOf(vertex);
    const isAlike = (other: number): boolean => compareRanks(rankOf[vertex], rankOf[other]) === 0;
    let [first, last] = [here, here];
    for (let other = order[first - 1]; other !== undefined; other = order[first - 1]) {
      if (!isAlike(other) || after[vertex]?.includes(other) || (latest[other] ?? 0) < first) break;
      first -= 1;
    }
    for (let other = order[last + 1]; other !== undefined; other = order[last + 1]) {
      if (!isAlike(other) || after[other]?.includes(vertex) || (latest[vertex] ?? 0) < last + 1) break;
      last += 1;
    }
    return [first, last];
  };
}

function reworkOf(graph: ConflictGraph, order: readonly number[]): Rework {
  const alike = { ...graph, weights: graph.weights.map(() => 1) };
  return { hits: expectedRework(alike, order), weight: expectedRework(graph, order) };
}
