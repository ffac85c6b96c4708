/**
 * Lists the plans that were made, newest first, with what became of their items.
 *
 *     parasol plan list
 *     parasol plan list --repo octo/harbor --json
 *
 * It reads the store and asks nothing of GitHub.
 */
import * as z from 'zod';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import { countPlansElsewhere, listPlans } from '../store/plan-store.ts';
import type { Operation, OperationContext } from './operation.ts';
import { headOf, headShape } from './plan-schema.ts';
import { parseRepository } from './repository-input.ts';
import { storeOf } from './store-of.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; plans of every repository when left out').optional(),
});

const output = z.object({
  host: z.string().describe('the GitHub whose plans these are'),
  repository: z.string().nullable().describe('the repository that was asked for; null for all'),
  plans: z
    .array(
      z
        .object({
          ...headShape,
          items: z.int(),
          counts: z.partialRecord(z.enum(ITEM_STATUSES), z.int()).readonly().describe('items by status'),
        })
        .readonly(),
    )
    .readonly()
    .describe('newest first, at most 100'),
  elsewhere: z
    .array(z.object({ host: z.string(), plans: z.int() }).readonly())
    .readonly()
    .describe('plans of other GitHubs that the same store keeps'),
});

export const planList: Operation<typeof input, typeof output> = {
  name: 'plan.list',
  summary: 'List the plans that were made, newest first, with what became of their items.',
  effect: 'read',
  needsStore: true,
  input,
  output,
  run: list,
};

async function list(
  context: OperationContext,
  { repository }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const asked = repository === undefined ? null : parseRepository(repository);
  const store = await storeOf(context);
  const plans = await listPlans(store, asked);
  const elsewhere = await countPlansElsewhere(store, asked);
  return {
    host: store.origin,
    repository: asked === null ? null : `${asked.owner}/${asked.repo}`,
    plans: plans.map(({ plan, counts }) => ({ ...headOf(plan), items: plan.items.length, counts })),
    elsewhere: elsewhere.map((one) => ({ host: one.origin, plans: one.plans })),
  };
}
