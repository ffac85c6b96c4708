import type { ConflictGraph } from './conflict-graph.ts';

interface Arrangement {
  /** What goes first, in an order that keeps to all dependencies. */
  readonly preferred: readonly number[];
  readonly latest: readonly number[];
}

/**
 * The preferred order, except that whoever has to be merged by now, so that all can be merged in time, goes first:
 * at each place the first of the preferred order that leaves everyone else a place in time.
 */
export function arrangePlaces({ after }: ConflictGraph, { preferred, latest }: Arrangement): readonly number[] {
  const isPlaced = new Uint8Array(preferred.length);
  const due = new Int32Array(preferred.length);
  for (const place of latest) due[place] = (due[place] ?? 0) + 1;
  const canStand = (vertex: number): boolean =>
    isPlaced[vertex] === 0 && (after[vertex] ?? []).every((earlier) => isPlaced[earlier] === 1);
  const order: number[] = [];
  let left = preferred;
  const pick = (): number | undefined => {
    const deadline = nextDeadline(due, order.length);
    return left.find((vertex) => (latest[vertex] ?? 0) <= deadline && canStand(vertex));
  };
  for (let next = pick(); next !== undefined; next = pick()) {
    isPlaced[next] = 1;
    due[latest[next] ?? 0] = (due[latest[next] ?? 0] ?? 0) - 1;
    order.push(next);
    if (order.length % 64 === 0) left = left.filter((vertex) => isPlaced[vertex] === 0);
  }
  return order;
}

/** The first place up to which exactly as many are due as there are places left; the last place where there is none. */
function nextDeadline(due: Int32Array, from: number): number {
  let count = 0;
  for (let place = from; place < due.length; place += 1) {
    count += due[place] ?? 0;
    if (count >= place - from + 1) return place;
  }
  return due.length - 1;
}
