import { createHash } from 'node:crypto';
import { checkPlan } from '../core/plan/check-plan.ts';
import type { Plan, PlanAsked, PlanDraft } from '../core/plan/plan.ts';
import { loadViewerLogin } from '../github/load-people.ts';
import { insertPlan } from '../store/plan-store.ts';
import type { OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';

/**
 * Makes a plan of a draft and keeps it in the store; nothing is written on GitHub. The id comes from what the plan says
 * and when, so that the same draft at the same moment is one plan.
 */
export async function savePlan(
  context: Pick<OperationContext, 'github' | 'now' | 'store'>,
  draft: PlanDraft,
  asked?: PlanAsked,
): Promise<Plan> {
  checkPlan(draft);
  const createdAt = context.now();
  const createdBy = await loadViewerLogin(context.github).catch(() => null);
  const digest = createHash('sha256')
    .update(JSON.stringify([draft, createdAt, createdBy, asked]))
    .digest('hex');
  const plan: Plan = {
    version: 1,
    id: `p-${digest.slice(0, 12)}`,
    ...draft,
    createdAt,
    createdBy,
    ...(asked === undefined ? {} : { asked }),
  };
  await insertPlan(await storeOf(context), plan);
  return plan;
}
