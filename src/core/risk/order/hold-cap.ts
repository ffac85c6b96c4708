import type { OrderLimits } from './merge-item.ts';
import { oldestFirst } from './oldest-first.ts';
import type { Backlog } from './read-backlog.ts';

const DAY_MS = 86_400_000;

export interface CapPlan {
  /** By vertex, the last place (from 0) at which it may stand; the places are such that an order exists. */
  readonly latest: readonly number[];
  /** Would exceed the cap even oldest first, with whatever they wait for: they go before all others. */
  readonly overdue: ReadonlySet<number>;
}

/**
 * Who must be merged by when, for nobody to wait beyond the cap at the recorded rate: the merge at place n happens
 * n / `mergesPerDay` days from now. Where even oldest first cannot hold the cap, those who would exceed it go first, and
 * the longest wait of oldest first takes the cap's place among them: no order has a shorter one.
 */
export function holdCap(backlog: Backlog, isReady: readonly boolean[], limits: OrderLimits): CapPlan {
  const { items, graph } = backlog;
  const last = items.length - 1;
  const ready = oldestFirst(
    graph,
    [...items.keys()].filter((vertex) => isReady[vertex] === true),
  );
  const wait = waitsOf(backlog, limits);
  if (limits.maxWaitDays === null) return { latest: items.map(() => last), overdue: new Set() };
  const longest = Math.max(limits.maxWaitDays, ...ready.map((vertex, place) => wait.at(vertex, place)));
  const overdue = overdueOf(backlog, ready, (vertex) => wait.latest(vertex, limits.maxWaitDays ?? 0));
  const witness = [...ready.filter((one) => overdue.has(one)), ...ready.filter((one) => !overdue.has(one))];
  const latest = items.map(() => last);
  for (const [place, vertex] of witness.entries()) {
    const bound = overdue.has(vertex)
      ? Math.min(overdue.size - 1, wait.latest(vertex, longest))
      : wait.latest(vertex, limits.maxWaitDays);
    latest[vertex] = Math.min(last, Math.max(place, bound));
  }
  for (const vertex of witness.toReversed())
    for (const earlier of graph.after[vertex] ?? [])
      latest[earlier] = Math.min(latest[earlier] ?? last, (latest[vertex] ?? last) - 1);
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

/** Letting some go first may push others beyond the cap: until it does not. */
function overdueOf(
  { graph }: Backlog,
  ready: readonly number[],
  latestOf: (vertex: number) => number,
): ReadonlySet<number> {
  const overdue = new Set<number>();
  for (let before = -1; before < overdue.size; ) {
    before = overdue.size;
    const first = ready.filter((one) => overdue.has(one));
    const rest = ready.filter((one) => !overdue.has(one));
    for (const [place, vertex] of rest.entries()) if (first.length + place > latestOf(vertex)) overdue.add(vertex);
    for (const vertex of ready.toReversed())
      if (overdue.has(vertex)) for (const earlier of graph.after[vertex] ?? []) overdue.add(earlier);
  }
  return overdue;
}
