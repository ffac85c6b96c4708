import type { MergeItem } from './merge-item.ts';
import { oldestFirst } from './oldest-first.ts';
import type { Backlog } from './read-backlog.ts';

/** By vertex. */
export interface Urgency {
  /** False also for what waits for something that is not ready. */
  readonly isReady: readonly boolean[];
  /** Its own, or that of the most urgent that waits for it and could be merged as well. */
  readonly priority: readonly number[];
}

/** What dependencies do to readiness and priority: one is handed on, the other handed down. */
export function urgencyOf({ items, graph }: Backlog): Urgency {
  const isReady = items.map(({ ready }: MergeItem) => ready);
  const priority = items.map((item) => item.priority);
  const order = oldestFirst(graph, [...items.keys()]);
  for (const vertex of order)
    isReady[vertex] =
      isReady[vertex] === true && (graph.after[vertex] ?? []).every((earlier) => isReady[earlier] === true);
  for (const vertex of order.toReversed())
    for (const earlier of graph.after[vertex] ?? [])
      if (isReady[earlier] === isReady[vertex])
        priority[earlier] = Math.max(priority[earlier] ?? 0, priority[vertex] ?? 0);
  return { isReady, priority };
}
