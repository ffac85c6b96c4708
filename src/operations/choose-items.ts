import type { Plan } from '../core/plan/plan.ts';
import { type Selection, selectItems, wordsOf } from '../core/plan/select-items.ts';

/** `--only` and `--skip` as they are typed, or the ids of a checklist as a set. `settled`: items that were applied before, so that what needs them may go on. */
export function chooseItems(
  plan: Plan,
  { only, skip }: { readonly only?: string | ReadonlySet<string> | undefined; readonly skip?: string | undefined },
  settled: ReadonlySet<string>,
): Selection {
  const chosen = typeof only === 'string' ? wordsOf(only) : (only ?? null);
  return selectItems(plan, { only: chosen, skip: wordsOf(skip ?? '') }, settled);
}
