import type { QueueScope } from './leave-out.ts';
import type { OrderLimits } from './order/merge-item.ts';
import type { PairRisk } from './pair-risk.ts';
import { planQueue, type QueueFacts } from './plan-queue.ts';
import { isHitBy } from './risk-of-pull-request.ts';

interface TurnFacts extends Pick<QueueFacts, 'changes' | 'pairs' | 'isRegenerated'> {
  readonly scope: QueueScope;
  readonly limits: OrderLimits;
}

/**
 * Of every change in the order, by names: which of those that it conflicts with go first. The order is the queue's of what is
 * known of pairs, lines, age and labels. Reviews, checks, native dependencies, imports and the rate of merges are not asked for:
 * they change without a push, and no check is posted anew for that. So `risk queue`, which reads them, may have another, and
 * the check says so. Conflicts that a dependent only inherits make no order, as there, but hold it: it brings in what is below.
 */
export function mergeTurns({ scope, limits, ...facts }: TurnFacts): ReadonlyMap<string, readonly string[]> {
  const known = {
    ...facts,
    dependents: null,
    repository: null,
    remote: null,
    base: { name: '' },
    mergeMethod: 'merge' as const,
  };
  const { places } = planQueue(known, { scope, limits }).order;
  const placeOf = new Map(places.map(({ name, place }) => [name, place]));
  const behind = new Map<string, string[]>(places.map(({ name }) => [name, []]));
  const isBefore = (one: string, other: string): boolean => (placeOf.get(one) ?? 0) < (placeOf.get(other) ?? 0);
  for (const { a, b } of facts.pairs.filter(isMeeting)) {
    const [first, second] = isBefore(a, b) ? [a, b] : [b, a];
    if (placeOf.has(first)) behind.get(second)?.push(first);
  }
  return behind;
}

const isMeeting = ({ finding }: PairRisk): boolean => isHitBy(finding);
