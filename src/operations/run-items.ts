import * as z from 'zod';
import type { FailureCode } from '../core/failure.ts';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import type { PlanItem } from '../core/plan/plan.ts';
import type { OperationContext } from './operation.ts';
import type { ItemOutcome, PlanRun } from './plan-run.ts';
import { headOf, headShape, itemSchema, showItem } from './plan-schema.ts';

export const runReportSchema = z.object({
  ...headShape,
  items: z.array(itemSchema).readonly().describe("in the plan's order, with their status after this run"),
  leftOut: z.int().describe('items that this run was not asked for'),
  counts: z.partialRecord(z.enum(ITEM_STATUSES), z.int()).readonly().describe('items by status'),
  note: z.string().nullable().describe('why an apply wrote nothing, and what to do then; null where it ran something'),
  isComplete: z.boolean().describe('nothing that this run was asked for is left to do'),
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

/** One item after the other, each reported; ends early after three in a row that GitHub itself failed. Throws when it is told to stop. */
export async function runItems(
  context: OperationContext,
  run: PlanRun,
  { items, label, one }: Work,
): Promise<ReadonlyMap<string, ItemOutcome>> {
  const outcomes = new Map<string, ItemOutcome>();
  let inARow = 0;
  for (const item of items) {
    context.stop?.throwIfAborted();
    context.onProgress?.({ label, done: outcomes.size, total: items.length });
    const outcome = await one(run, item);
    outcomes.set(item.id, outcome);
    inARow = ITS_OWN.includes(outcome.code) ? inARow + 1 : 0;
    if (inARow === FAILURES_IN_A_ROW) break;
  }
  return outcomes;
}

interface Ran {
  readonly asked: readonly PlanItem[];
  readonly outcomes: ReadonlyMap<string, ItemOutcome>;
  /** Why an item was not asked for. */
  readonly leftOut: ReadonlyMap<string, string>;
  /** Why nothing was to be done; null where something was. */
  readonly note?: string | null;
}

export function reportRun(run: PlanRun, { asked, outcomes, leftOut, note = null }: Ran): RunReport {
  const { plan } = run;
  const items = plan.items.map((item) => {
    const shown = showItem(item, plan, run.entryOf(item));
    const reason = outcomes.get(item.id)?.reason ?? shown.reason ?? leftOut.get(item.id) ?? null;
    return { ...shown, reason: asked.includes(item) && !outcomes.has(item.id) ? NOT_REACHED : reason };
  });
  const counts: Partial<Record<ItemOutcome['status'], number>> = {};
  for (const { status } of items) counts[status] = (counts[status] ?? 0) + 1;
  const failed = [...outcomes.values()].find(({ code }) => code !== null);
  return {
    ...headOf(plan),
    items,
    leftOut: leftOut.size,
    counts,
    note,
    isComplete: failed === undefined && asked.every(({ id }) => outcomes.has(id)),
    failure: failed?.code ?? null,
  };
}

const NOT_REACHED = 'not reached: GitHub failed several times in a row';
