import type { Plan, PlanAsked } from '../core/plan/plan.ts';
import type { Instant } from '../core/task/facts.ts';
import { type Ref, sameRef } from '../core/task/identity.ts';
import { isBatchKey } from '../core/umbrella/batch-umbrella.ts';
import { listAskedPlans } from '../store/asked-plans.ts';
import type { OperationContext } from './operation.ts';
import { planApply } from './plan-apply.ts';
import { CONFIG_NOTE, planScaffold } from './plan-scaffold.ts';
import { savePlan } from './save-plan.ts';
import { storeOf } from './store-of.ts';

export interface SplitResult {
  /** In the plan's order: `#12` within the umbrella's repository. */
  readonly created: readonly string[];
  /** Tasks of these lanes that stood already. */
  readonly standing: number;
  /** Items of the plan that did not come about. */
  readonly failed: number;
  /** Lanes that came later and are made where they are named. */
  readonly offered: readonly string[];
  /** What is broken in the configuration, and which version holds, as the umbrella's readers may know it. */
  readonly remarks: readonly string[];
  /** Null where nothing was to be done. */
  readonly planId: string | null;
}

type SplitWish = Omit<PlanAsked, 'standing' | 'offered'>;

const DAY_MS = 24 * 60 * 60 * 1000;

/** A plan that was left longer ago than a day is a person's to go on with. */
export const askedLately = (now: Instant): Instant => new Date(Date.parse(now) - DAY_MS).toISOString();

/**
 * Plans what is missing of some lanes under an umbrella, and keeps the plan. No names: every lane that has tasks. The
 * same comment a second time, after a restart for instance, is the same plan. With nothing to do, the result at once. What
 * it fails with may be shown to the umbrella's readers. Throws `store_unavailable` without a store, before anything is asked.
 */
export async function planSplit(
  context: OperationContext,
  wish: SplitWish,
  umbrella: Ref,
): Promise<Plan | SplitResult> {
  const store = await storeOf(context);
  const earlier = (await listAskedPlans(store, askedLately(context.now()))).find(({ plan }) => isOf(plan, wish));
  if (earlier !== undefined) return earlier.plan;
  const { draft, standing, offered } = await planScaffold(context.github, umbrella, {
    lanes: wish.lanes,
    template: null,
    set: [],
    audience: 'umbrella_readers',
  });
  if (draft.items.some(({ selected }) => selected)) return savePlan(context, draft, { ...wish, standing, offered });
  return { created: [], standing, failed: 0, offered, remarks: remarksIn(draft), planId: null };
}

const remarksIn = ({ notes }: Pick<Plan, 'notes'>): readonly string[] =>
  notes.flatMap(({ kind, text }) => (kind === CONFIG_NOTE ? [text] : []));

const isOf = ({ asked }: Plan, { on, commentId, lanes }: SplitWish): boolean =>
  asked !== undefined &&
  asked.commentId === commentId &&
  sameRef(asked.on, on) &&
  asked.lanes.join(',') === lanes.join(',');

/** Applies what is left of such a plan; what it made in an earlier run counts as made. Throws as `plan apply` does. */
export async function applySplit(context: OperationContext, plan: Plan): Promise<SplitResult> {
  const run = await planApply.run(context, { id: plan.id, reviewName: '' });
  const creations = new Set(
    plan.items.flatMap(({ id, change }) => (change.kind === 'create_issue' && !isBatchKey(change.key) ? [id] : [])),
  );
  const isMade = ({ id }: { readonly id: string }): boolean => creations.has(id);
  const found = run.items.filter((item) => isMade(item) && item.status === 'skipped' && item.issue !== null);
  return {
    created: run.items.flatMap((item) =>
      isMade(item) && item.status === 'done' && item.issue !== null ? [item.issue] : [],
    ),
    standing: (plan.asked?.standing ?? 0) + found.length,
    offered: plan.asked?.offered ?? [],
    remarks: remarksIn(plan),
    failed: run.items.filter(({ status, selected }) => selected && status !== 'done' && status !== 'skipped').length,
    planId: plan.id,
  };
}
