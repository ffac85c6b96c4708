import * as z from 'zod';
import type { FailureCode } from '../core/failure.ts';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import { kindOfWrite } from '../core/plan/kind-of-write.ts';
import type { PlanItem } from '../core/plan/plan.ts';
import { needsOf } from '../core/plan/resolve-change.ts';
import type { OperationContext } from './operation.ts';
import type { ItemOutcome, PlanRun } from './plan-run.ts';
import { headOf, headShape, itemSchema, showItem } from './plan-schema.ts';

export const runReportSchema = z.object({
  ...headShape,
  items: z.array(itemSchema).readonly().describe("in the plan's order, with their status after this run"),
  leftOut: z.int().describe('items that this run was not asked for'),
  counts: z.partialRecord(z.enum(ITEM_STATUSES), z.int()).readonly().describe('items by status'),
  note: z.string().nullable().describe('why nothing was to be done, and what to do then; null where it ran something'),
  isComplete: z.boolean().describe('nothing that this run was asked for is left to do'),
  isResumable: z.boolean().describe('another run may do what is left; false: nothing is, or only a new plan can'),
  failure: z.string().nullable().describe('code of the first failure; null when nothing failed'),
});

export type RunReport = z.output<typeof runReportSchema>;

/** When GitHub itself is away, the rest would only fail one by one. */
const FAILURES_IN_A_ROW = 3;
const ITS_OWN: readonly (FailureCode | null)[] = ['github_unavailable', 'unauthenticated', 'rate_limited'];

interface Work {
  readonly items: readonly PlanItem[];
  readonly label: string;
  readonly one: (run: PlanRun, item: PlanItem) => Promise<ItemOutcome>;
}

interface ItemsRun {
  readonly outcomes: ReadonlyMap<string, ItemOutcome>;
  /** Why an item was left as it was, to be run again. */
  readonly untried: ReadonlyMap<string, string>;
}

/**
 * One item after the other, each reported. Once GitHub refuses one for a missing permission, those that need the same one,
 * and what needs them, are not tried; after three in a row that GitHub itself failed, nothing more is. Throws when it is
 * told to stop.
 */
export async function runItems(
  context: OperationContext,
  run: PlanRun,
  { items, label, one }: Work,
): Promise<ItemsRun> {
  const outcomes = new Map<string, ItemOutcome>();
  const untried = new Map<string, string>();
  const refused = new Map<string, string>();
  let inARow = 0;
  for (const item of items) {
    context.stop?.throwIfAborted();
    context.onProgress?.({ label, done: outcomes.size + untried.size, total: items.length });
    const kind = kindOfWrite(item, run.plan.repository);
    const why = inARow === FAILURES_IN_A_ROW ? NOT_REACHED : (refused.get(kind) ?? untriedNeed(item, untried));
    if (why !== null) {
      untried.set(item.id, why);
      continue;
    }
    const outcome = await one(run, item);
    outcomes.set(item.id, outcome);
    if (outcome.code === 'forbidden') refused.set(kind, refusedBefore(item, outcome));
    inARow = ITS_OWN.includes(outcome.code) ? inARow + 1 : 0;
  }
  return { outcomes, untried };
}

function untriedNeed(item: PlanItem, untried: ItemsRun['untried']): string | null {
  const need = needsOf(item).find((id) => untried.has(id));
  return need === undefined ? null : `not tried: needs ${need}, which was not tried`;
}

const NOT_REACHED = 'not reached: GitHub failed several times in a row';

const refusedBefore = ({ id }: PlanItem, { hint = '' }: ItemOutcome): string =>
  `not tried: GitHub refused ${id}, which is of the same kind. ${hint}`.trimEnd();

interface Ran extends ItemsRun {
  /** Why an item was not asked for. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Why nothing was to be done; null where something was. */
  readonly note: string | null;
}

export function reportRun(run: PlanRun, { outcomes, untried, leftOut, note }: Ran): RunReport {
  const { plan } = run;
  const items = plan.items.map((item) => {
    const shown = showItem(item, plan, run.entryOf(item));
    const told = untried.get(item.id) ?? outcomes.get(item.id)?.reason;
    return { ...shown, reason: told ?? shown.reason ?? leftOut.get(item.id) ?? null };
  });
  const counts: Partial<Record<ItemOutcome['status'], number>> = {};
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1;
  const failures = [...outcomes.values()].filter(({ code }) => code !== null);
  return {
    ...headOf(plan),
    items,
    leftOut: leftOut.size,
    counts,
    note,
    isComplete: failures.length === 0 && untried.size === 0,
    isResumable: untried.size > 0 || failures.some(({ isOutdated }) => isOutdated !== true),
    failure: failures[0]?.code ?? null,
  };
}
