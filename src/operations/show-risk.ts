import * as z from 'zod';
import { planQueue, type QueuePlan } from '../core/risk/plan-queue.ts';
import type { RiskChange, RiskFacts, RiskWish } from './risk-facts.ts';
import type { riskChangeSchema } from './risk-schema.ts';

type PlacedChange = z.output<typeof riskChangeSchema>;

export const importsSchema = z
  .object({
    files: z.int().describe('source files that were read'),
    unread: z.int().describe('files of languages that are not read, or that could not be'),
    unresolved: z.int().describe('imports that lead nowhere that could be found: nobody guesses them'),
  })
  .readonly()
  .nullable()
  .describe('what "so many files depend on" rests on; null where no imports were read');

export const importsOf = ({ imports }: RiskFacts): z.output<typeof importsSchema> => imports;

/** The merge order of the facts. */
export const queueOf = (facts: RiskFacts, { scope }: RiskWish): QueuePlan =>
  planQueue(facts, { scope, limits: facts.limits });

/** The changes of an order, in it. */
export function changesInOrder(facts: RiskFacts, { order }: QueuePlan): readonly PlacedChange[] {
  const byName = new Map(facts.changes.map((change) => [change.name, change]));
  return order.places.flatMap(({ name, place }) => {
    const change = byName.get(name);
    return change === undefined ? [] : [{ ...shownChange(change, facts), place }];
  });
}

export function shownChange(change: RiskChange, { onBase }: RiskFacts): Omit<PlacedChange, 'place'> {
  const { name, number, title, url, author, headSha } = change;
  return { name, number, title, url, author, headSha, onBase: onBase.get(name) ?? { verdict: 'not_verified' } };
}
