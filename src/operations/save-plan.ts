import { createHash } from 'node:crypto';
import { checkPlan } from '../core/plan/check-plan.ts';
import type { Plan, PlanAsked, PlanDraft } from '../core/plan/plan.ts';
import { loadViewerLogin } from '../github/load-people.ts';
import { insertPlan, isUntouched } from '../store/plan-store.ts';
import type { OriginStore } from '../store/store.ts';
import type { OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';

/**
 * Makes a plan of a draft and keeps it in the store; nothing is written on GitHub. The id comes from what the plan says,
 * where and when, so that the same draft at the same moment is one plan as long as nothing of it was begun; after that it
 * is a new one, because a plan that is done writes nothing.
 */
export async function savePlan(
  context: Pick<OperationContext, 'github' | 'now' | 'store'>,
  draft: PlanDraft,
  asked?: PlanAsked,
): Promise<Plan> {
  checkPlan(draft);
  const createdAt = context.now();
  const createdBy = await loadViewerLogin(context.github).catch(() => null);
  const store = await storeOf(context);
  const said = [draft, createdAt, createdBy, asked, store.origin];
  const plan: Plan = {
    version: 1,
    id: await freeId(store, said),
    ...draft,
    createdAt,
    createdBy,
    ...(asked === undefined ? {} : { asked }),
  };
  await insertPlan(store, plan);
  return plan;
}

/** The first id of this text that no plan has which was begun. */
async function freeId(store: OriginStore, said: readonly unknown[]): Promise<string> {
  for (let round = 0; ; round += 1) {
    const digest = createHash('sha256')
      .update(JSON.stringify([...said, round]))
      .digest('hex');
    const id = `p-${digest.slice(0, 12)}`;
    if (await isUntouched(store, id)) return id;
  }
}
