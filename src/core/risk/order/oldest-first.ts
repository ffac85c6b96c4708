import type { ConflictGraph } from './conflict-graph.ts';

/**
 * Vertices in the order in which they are given (their numbers mean oldest first), but each right behind what it must
 * wait for. Repeated ones count once. With one cap for all this is the order in which the longest wait is shortest.
 */
export function oldestFirst({ after }: Pick<ConflictGraph, 'after'>, vertices: readonly number[]): readonly number[] {
  const wanted = new Set(vertices);
  const isPlaced = new Set<number>();
  const order: number[] = [];
  for (const vertex of wanted) {
    const open = [vertex];
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const missing = (after[next] ?? []).filter((earlier) => wanted.has(earlier) && !isPlaced.has(earlier));
      if (missing.length > 0) {
        open.push(...missing.toReversed());
        continue;
      }
      open.pop();
      if (!isPlaced.has(next)) order.push(next);
      isPlaced.add(next);
    }
  }
  return order;
}
