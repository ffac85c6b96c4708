/**
 * Forgets a plan that was never begun: one that somebody looked at and does not want.
 *
 *     parasol plan drop p-1a2b3c4d
 *
 * It asks and writes nothing on GitHub. Once a write of the plan was sent, its ledger is what undo works from, and the plan
 * stays; so does one that a comment asked for and waits for. The command that made it makes it again.
 */
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { formatRef } from '../core/task/identity.ts';
import { isAnswered } from '../store/asked-plans.ts';
import { deletePlan } from '../store/plan-store.ts';
import type { OriginStore } from '../store/store.ts';
import type { Operation } from './operation.ts';
import { type PlanRun, withPlan } from './plan-run.ts';
import { headOf, headShape, planIdSchema } from './plan-schema.ts';

const input = z.object({ id: planIdSchema });

const output = z.object({ ...headShape, items: z.int() });

export const planDrop: Operation<typeof input, typeof output> = {
  name: 'plan.drop',
  summary: 'Forget a plan that was never begun; refused once anything of it was written.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: true, isIdempotent: true },
  input,
  output,
  run: (context, { id }) => withPlan(context, id, drop),
};

async function drop(run: PlanRun, store: OriginStore): Promise<z.output<typeof output>> {
  const { plan } = run;
  const begun = plan.items.filter((item) => run.entryOf(item).attempts > 0).length;
  if (begun > 0) throw cannotForget(plan.id, `${begun} of its ${plan.items.length} items were begun`, UNDO_FIRST);
  if (plan.asked !== undefined && !(await isAnswered(store, plan.id))) {
    throw cannotForget(plan.id, `a comment on ${formatRef(plan.asked.on)} asked for it and has no answer yet`, WAIT);
  }
  await deletePlan(store, plan.id);
  return { ...headOf(plan), items: plan.items.length };
}

const UNDO_FIRST = 'parasol plan undo takes back what it wrote; its ledger stays.';
const WAIT = 'Let the App finish it, or run parasol plan apply.';

const cannotForget = (id: string, why: string, hint: string): UserError =>
  new UserError('usage', `The plan ${id} cannot be forgotten: ${why}.`, hint);
