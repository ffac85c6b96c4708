import { orderMerges } from '../../src/core/risk/order/order-merges.ts';
import type { RecordedBacklog, RecordedChange } from './recorded-backlogs.ts';

export const ORDERS = ['ours', 'optimum', 'fifo', 'random', 'smallestFirst', 'fewestFiles'] as const;
export type OrderName = (typeof ORDERS)[number];
export type Costs = Readonly<Record<OrderName, number>>;
type WeightOf = (change: RecordedChange) => number;

/** The weight that each order lets be hit, counted here and not taken from the order's own account. */
export function costsOf(backlog: RecordedBacklog, weightOf: WeightOf): Costs {
  const cost = (order: readonly RecordedChange[]): number => hitWeight(backlog, order, weightOf);
  const byName = new Map(backlog.changes.map((change) => [change.name, change]));
  const ours = orderMerges(
    backlog.changes.map((change) => ({
      name: change.name,
      weight: weightOf(change),
      enteredAt: isoOf(change.openedAt),
      priority: 0,
      ready: true,
      after: [],
    })),
    backlog.conflicts.map(([a, b]) => ({ a, b, probability: 1 })),
    { now: isoOf(backlog.at), maxWaitDays: null, mergesPerDay: null },
  );
  return {
    ours: cost(ours.places.flatMap(({ name }) => byName.get(name) ?? [])),
    optimum: leastHitWeight(backlog, weightOf),
    fifo: cost(sortBy(backlog.changes, ({ openedAt }) => openedAt)),
    random: expectedOfRandom(backlog, weightOf),
    smallestFirst: cost(sortBy(backlog.changes, ({ changedLines }) => changedLines)),
    fewestFiles: cost(sortBy(backlog.changes, ({ files }) => files)),
  };
}

export const isoOf = (days: number): string => new Date(days * 86_400_000).toISOString();

/** Ties go to the older. */
function sortBy(changes: readonly RecordedChange[], key: WeightOf): readonly RecordedChange[] {
  return [...changes].sort((one, other) => key(one) - key(other) || one.openedAt - other.openedAt);
}

export function neighboursOf(
  conflicts: readonly (readonly [string, string])[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const neighbours = new Map<string, Set<string>>();
  for (const [one, other] of [...conflicts, ...conflicts.map(([a, b]) => [b, a] as const)])
    neighbours.set(one, (neighbours.get(one) ?? new Set()).add(other));
  return neighbours;
}

function hitWeight(backlog: RecordedBacklog, order: readonly RecordedChange[], weightOf: WeightOf): number {
  if (order.length !== backlog.changes.length) throw new Error('an order leaves somebody out');
  const neighbours = neighboursOf(backlog.conflicts);
  const merged = new Set<string>();
  let weight = 0;
  for (const change of order) {
    if ([...(neighbours.get(change.name) ?? [])].some((other) => merged.has(other))) weight += weightOf(change);
    merged.add(change.name);
  }
  return weight;
}

/** In a random order a change with d conflicts is the first of the d + 1 once in d + 1 times. */
function expectedOfRandom({ changes, conflicts }: RecordedBacklog, weightOf: WeightOf): number {
  const neighbours = neighboursOf(conflicts);
  return changes.reduce((sum, change) => {
    const degree = neighbours.get(change.name)?.size ?? 0;
    return sum + (weightOf(change) * degree) / (degree + 1);
  }, 0);
}

/** By plain branching without any bound or budget, written apart from the order's own solver: always the true optimum. */
function leastHitWeight({ changes, conflicts }: RecordedBacklog, weightOf: WeightOf): number {
  const neighbours = neighboursOf(conflicts);
  const weight = new Map(changes.map((change) => [change.name, weightOf(change)]));
  const sumOf = (names: Iterable<string>): number => [...names].reduce((sum, name) => sum + (weight.get(name) ?? 0), 0);
  const heaviest = (names: ReadonlySet<string>): number => {
    let branch: string | null = null;
    let most = 0;
    for (const name of names) {
      const degree = [...(neighbours.get(name) ?? [])].filter((other) => names.has(other)).length;
      if (degree <= most) continue;
      branch = name;
      most = degree;
    }
    if (branch === null) return sumOf(names);
    const around = neighbours.get(branch) ?? new Set();
    const rest = [...names].filter((name) => name !== branch);
    const apart = rest.filter((name) => !around.has(name));
    return Math.max(heaviest(new Set(rest)), (weight.get(branch) ?? 0) + heaviest(new Set(apart)));
  };
  return sumOf(weight.keys()) - heaviest(new Set(weight.keys()));
}
