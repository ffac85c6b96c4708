import type { ConflictGraph } from './conflict-graph.ts';

/** 2 to the power of this many sets are looked at, each once per vertex. */
export const MOST_FOR_EXACT_ORDER = 12;

/** Whether a vertex may stand at a place, from 0. */
export type MayStand = (vertex: number, place: number) => boolean;

const anywhere: MayStand = () => true;

/**
 * The order with the least expected rework of at most `MOST_FOR_EXACT_ORDER` vertices, whatever the probabilities and
 * dependencies: for each set of vertices merged first, which of them comes last (Held and Karp, 1962). Of orders that
 * cost the same, one with the older first. None where `mayStand` leaves none.
 */
export function exactOrder(graph: ConflictGraph, mayStand: MayStand = anywhere): readonly number[] {
  const count = graph.weights.length;
  const needs = graph.after.map((list) => list.reduce((set, vertex) => set | (1 << vertex), 0));
  const cost = new Float64Array(1 << count).fill(Number.POSITIVE_INFINITY);
  const last = new Int8Array(1 << count).fill(-1);
  cost[0] = 0;
  for (let merged = 0; merged < 1 << count; merged += 1) {
    if (cost[merged] === Number.POSITIVE_INFINITY) continue;
    const place = countOf(merged);
    for (let vertex = 0; vertex < count; vertex += 1) {
      const missing = (needs[vertex] ?? 0) & ~merged;
      if ((merged & (1 << vertex)) !== 0 || missing !== 0 || !mayStand(vertex, place)) continue;
      const next = merged | (1 << vertex);
      const total = (cost[merged] ?? 0) + costAfter(graph, vertex, merged);
      const best = cost[next] ?? 0;
      // Among equals the youngest comes last.
      const isBetter = total < best - 1e-9 || (total < best + 1e-9 && vertex > (last[next] ?? -1));
      if (!isBetter) continue;
      cost[next] = Math.min(total, best);
      last[next] = vertex;
    }
  }
  return cost.at(-1) === Number.POSITIVE_INFINITY ? [] : readBack(last, count);
}

function countOf(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count += 1;
  return count;
}

function costAfter(graph: ConflictGraph, vertex: number, merged: number): number {
  let clean = 1;
  for (const { other, probability } of graph.conflicts[vertex] ?? [])
    if ((merged & (1 << other)) !== 0) clean *= 1 - probability;
  return (graph.weights[vertex] ?? 0) * (1 - clean);
}

function readBack(last: Int8Array, count: number): readonly number[] {
  const order: number[] = [];
  for (let set = (1 << count) - 1; set !== 0; ) {
    const vertex = last[set] ?? -1;
    order.push(vertex);
    set &= ~(1 << vertex);
  }
  return order.reverse();
}
