import type { Ref } from '../core/task/identity.ts';
import type { OperationContext } from './operation.ts';
import { planApply } from './plan-apply.ts';
import { planScaffold } from './plan-scaffold.ts';
import { savePlan } from './save-plan.ts';
import { storeOf } from './store-of.ts';

export interface SplitResult {
  /** In the plan's order: `#12` within the umbrella's repository. */
  readonly created: readonly string[];
  /** Tasks of these lanes that stood already. */
  readonly standing: number;
  /** Items of the plan that did not come about. */
  readonly failed: number;
  /** Null where nothing was to be done. */
  readonly planId: string | null;
}

/**
 * Makes what is missing of some lanes under an umbrella, at once: a plan that is kept and applied. No names: every lane
 * that has tasks. What it fails with may be shown to the umbrella's readers. Throws `store_unavailable` without a store,
 * before anything is asked.
 */
export async function splitUmbrella(
  context: OperationContext,
  umbrella: Ref,
  lanes: readonly string[],
): Promise<SplitResult> {
  await storeOf(context);
  const wish = { lanes, template: null, set: [] };
  const { draft, standing } = await planScaffold(context.github, umbrella, { ...wish, audience: 'umbrella_readers' });
  if (!draft.items.some(({ selected }) => selected)) return { created: [], standing, failed: 0, planId: null };
  const plan = await savePlan(context, draft);
  const run = await planApply.run(context, { id: plan.id, reviewName: '' });
  const creations = new Set(plan.items.flatMap(({ id, change }) => (change.kind === 'create_issue' ? [id] : [])));
  return {
    created: run.items.flatMap(({ id, status, issue }) =>
      creations.has(id) && status === 'done' && issue !== null ? [issue] : [],
    ),
    standing,
    failed: run.items.filter(({ status, selected }) => selected && status !== 'done' && status !== 'skipped').length,
    planId: plan.id,
  };
}
