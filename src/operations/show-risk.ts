import type * as z from 'zod';
import { planQueue, type QueuePlan } from '../core/risk/plan-queue.ts';
import type { RiskChange, RiskFacts, RiskWish } from './risk-facts.ts';
import type { riskChangeSchema } from './risk-schema.ts';

type ShownRisk = z.output<typeof riskChangeSchema>;

/** The merge order of the facts. */
export const queueOf = (facts: RiskFacts, { scope }: RiskWish): QueuePlan =>
  planQueue(facts, { scope, limits: facts.limits });

/** The changes of an order, in it. */
export function changesInOrder(facts: RiskFacts, { order }: QueuePlan): readonly ShownRisk[] {
  const byName = new Map(facts.changes.map((change) => [change.name, change]));
  return order.places.flatMap(({ name, place }) => {
    const change = byName.get(name);
    return change === undefined ? [] : [shownChange(change, place, facts)];
  });
}

function shownChange(
  { name, number, title, url, author, headSha }: RiskChange,
  place: number,
  { onBase }: RiskFacts,
): ShownRisk {
  return { name, number, title, url, author, headSha, place, onBase: onBase.get(name) ?? { verdict: 'not_verified' } };
}
