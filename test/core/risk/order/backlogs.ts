import fc from 'fast-check';
import type { ConflictEdge, MergeItem, OrderLimits } from '../../../../src/core/risk/order/merge-item.ts';

const DAY_MS = 86_400_000;
export const NOW = '2026-06-30T00:00:00Z';
export const NO_CAP: OrderLimits = { now: NOW, maxWaitDays: null, mergesPerDay: 1 };

/** Waits for `ageDays`, weighs 1, ready. */
export function mergeItem(name: string, ageDays: number, rest: Partial<MergeItem> = {}): MergeItem {
  const enteredAt = new Date(Date.parse(NOW) - ageDays * DAY_MS).toISOString();
  return { name, weight: 1, enteredAt, priority: 0, ready: true, after: [], ...rest };
}

export const conflict = (a: string, b: string, probability = 1): ConflictEdge => ({ a, b, probability });

export interface RandomBacklog {
  readonly items: readonly MergeItem[];
  readonly edges: readonly ConflictEdge[];
}

interface Shape {
  readonly most: number;
  readonly isCertain: boolean;
  readonly hasAfter: boolean;
}

/** Backlogs without circles: an item waits only for those named before it, which may be younger. */
export function backlogs({ most, isCertain, hasAfter }: Shape): fc.Arbitrary<RandomBacklog> {
  return fc.integer({ min: 1, max: most }).chain((count) => {
    const vertex = fc.nat(count - 1);
    const edge = fc.record({
      pair: fc.tuple(vertex, vertex),
      probability: isCertain ? fc.constant(1) : fc.constantFrom(0.1, 0.3, 0.5, 0.9, 1),
    });
    const facts = fc.record({ weight: fc.nat(6), ageDays: fc.nat(20), after: fc.array(vertex, { maxLength: 1 }) });
    return fc
      .record({
        facts: fc.array(facts, { minLength: count, maxLength: count }),
        edges: fc.array(edge, { maxLength: count * 2 }),
      })
      .map((drawn) => ({
        items: drawn.facts.map(({ weight, ageDays, after }, index) =>
          mergeItem(`#${index}`, ageDays, {
            weight,
            after: hasAfter ? after.filter((earlier) => earlier < index).map((earlier) => `#${earlier}`) : [],
          }),
        ),
        edges: drawn.edges.map(({ pair: [a, b], probability }) => conflict(`#${a}`, `#${b}`, probability)),
      }));
  });
}

/** The weight that is expected to be redone in an order of all names, written down from the definition. */
export function reworkByHand({ items, edges }: RandomBacklog): (names: readonly string[]) => number {
  const likeliest = new Map<string, number>();
  for (const { a, b, probability } of edges)
    for (const key of a === b ? [] : [`${a} ${b}`, `${b} ${a}`])
      likeliest.set(key, Math.max(likeliest.get(key) ?? 0, probability));
  const weightOf = new Map(items.map(({ name, weight }) => [name, weight]));
  const cleanBetween = (earlier: string, name: string): number => 1 - (likeliest.get(`${earlier} ${name}`) ?? 0);
  return (names) =>
    names.reduce((sum, name, place) => {
      const clean = names.slice(0, place).reduce((left, earlier) => left * cleanBetween(earlier, name), 1);
      return sum + (weightOf.get(name) ?? 0) * (1 - clean);
    }, 0);
}

/** Every order in which nothing comes before what it waits for. */
export function* ordersOf(items: readonly MergeItem[], merged: readonly string[] = []): Generator<readonly string[]> {
  if (merged.length === items.length) yield merged;
  for (const { name, after } of items) {
    const isFree = !merged.includes(name) && after.every((earlier) => merged.includes(earlier));
    if (isFree) yield* ordersOf(items, [...merged, name]);
  }
}
