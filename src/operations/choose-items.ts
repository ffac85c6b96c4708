import type { Plan } from '../core/plan/plan.ts';
import { type Selection, selectItems, wordsOf } from '../core/plan/select-items.ts';

/** `--only` and `--skip` as they are typed. `settled`: items that were applied before, so that what needs them may go on. */
export function chooseItems(
  plan: Plan,
  { only, skip }: { readonly only?: string | undefined; readonly skip?: string | undefined },
  settled: ReadonlySet<string>,
): Selection {
  return selectItems(plan, { only: only === undefined ? null : wordsOf(only), skip: wordsOf(skip ?? '') }, settled);
}
