import { keepMostInTime } from './keep-most-in-time.ts';
import type { OrderLimits } from './merge-item.ts';
import { oldestFirst } from './oldest-first.ts';
import type { Backlog } from './read-backlog.ts';

const DAY_MS = 86_400_000;

export interface CapPlan {
  /** By vertex, the last place (from 0) at which it may stand; the places are such that an order exists. */
  readonly latest: readonly number[];
  /** Exceed the cap, or something that waits for them does: they go before all others that can wait so long. */
  readonly overdue: ReadonlySet<number>;
}

/**
 * Who must be merged by when, for nobody to wait beyond the cap at the recorded rate: the merge at place n happens
 * n / `mergesPerDay` days from now. Where even oldest first cannot hold the cap, first nobody waits longer than the longest wait
 * of oldest first: no order has a shorter one. Then as few as can be exceed the cap, as `keepMostInTime` tells. In this order,
 * because whoever only counted them would put those who exceed it already behind all who come new, for good. They go as early
 * as those allow who are to stay within it.
 */
export function holdCap(backlog: Backlog, isReady: readonly boolean[], limits: OrderLimits): CapPlan {
  const { items, graph } = backlog;
  const { maxWaitDays } = limits;
  const last = items.length - 1;
  if (maxWaitDays === null) return { latest: items.map(() => last), overdue: new Set() };
  const ready = oldestFirst(
    graph,
    [...items.keys()].filter((vertex) => isReady[vertex] === true),
  );
  const wait = waitsOf(backlog, limits);
  const longest = Math.max(maxWaitDays, ...ready.map((vertex, place) => wait.at(vertex, place)));
  const within = (vertex: number): number => wait.latest(vertex, maxWaitDays);
  const atMost = (vertex: number): number => wait.latest(vertex, longest);
  const inTime = keepMostInTime(graph, ready, { soft: within, hard: atMost });
  const latest = items.map(() => last);
  for (const vertex of ready) latest[vertex] = Math.min(last, inTime.has(vertex) ? within(vertex) : atMost(vertex));
  const overdue = new Set(ready.filter((vertex) => !inTime.has(vertex)));
  for (const vertex of oldestFirst(graph, [...items.keys()]).toReversed())
    for (const earlier of graph.after[vertex] ?? []) {
      latest[earlier] = Math.min(latest[earlier] ?? last, (latest[vertex] ?? last) - 1);
      if (overdue.has(vertex)) overdue.add(earlier);
    }
  return { latest, overdue };
}

interface Waits {
  readonly hasRate: boolean;
  /** Days from when it entered until it is merged at a place. */
  readonly at: (vertex: number, place: number) => number;
  readonly latest: (vertex: number, maxDays: number) => number;
}

/** Without a rate nobody knows when a place is merged: only who waited too long already counts. */
export function waitsOf({ items }: Pick<Backlog, 'items'>, { now, mergesPerDay }: OrderLimits): Waits {
  const age = items.map(({ enteredAt }) => (Date.parse(now) - Date.parse(enteredAt)) / DAY_MS);
  const perDay = mergesPerDay === null || mergesPerDay <= 0 ? null : mergesPerDay;
  return {
    hasRate: perDay !== null,
    at: (vertex, place) => (age[vertex] ?? 0) + (perDay === null ? 0 : place / perDay),
    latest: (vertex, maxDays) => {
      const left = maxDays - (age[vertex] ?? 0);
      if (perDay === null) return left < 0 ? -1 : items.length - 1;
      return Math.floor(left * perDay + 1e-6);
    },
  };
}
