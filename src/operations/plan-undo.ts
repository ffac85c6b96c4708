/**
 * Takes back what a plan did, last things first, as the ledger has it.
 *
 *     parasol plan undo p-1a2b3c4d
 *     parasol plan undo p-1a2b3c4d --only 'link-*'
 *
 * Only what nobody changed since is taken back; the rest is kept, each with its reason. Issues that the plan opened are
 * closed as not planned and unlinked, never deleted, and stay as they are once anybody wrote on them. A label that the plan
 * made is deleted while nothing but those issues carries it and nobody changed it. Run again after a crash, it goes on.
 */
import * as z from 'zod';
import { chooseItems } from './choose-items.ts';
import type { Operation, OperationContext } from './operation.ts';
import { type PlanRun, withPlan } from './plan-run.ts';
import { choiceShape, planIdSchema } from './plan-schema.ts';
import { type RunReport, reportRun, runItems, runReportSchema } from './run-items.ts';
import { mayBeUndone, undoItem } from './undo-item.ts';

const input = z.object({ id: planIdSchema, ...choiceShape });

export const planUndoOperation: Operation<typeof input, typeof runReportSchema> = {
  name: 'plan.undo',
  summary: 'Take back what a plan did, wherever nobody changed it since; new issues are closed, not deleted.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: true, isIdempotent: true },
  input,
  output: runReportSchema,
  run: (context, asked) => withPlan(context, asked.id, (run) => undo(context, run, asked)),
};

async function undo(context: OperationContext, run: PlanRun, asked: z.output<typeof input>): Promise<RunReport> {
  const all = new Set(run.plan.items.map(({ id }) => id));
  const selection = chooseItems(run.plan, { only: asked.only ?? '*', skip: asked.skip }, all);
  const chosen = new Set(selection.chosen);
  const due = run.plan.items.filter((item) => chosen.has(item.id) && mayBeUndone(run.entryOf(item).status));
  const ran = await runItems(context, run, {
    items: due.toReversed(),
    label: `undoing ${run.plan.id}`,
    one: undoItem,
  });
  const leftOut = new Map(selection.leftOut.map(({ id, reason }) => [id, reason]));
  const note = due.length === 0 && chosen.size > 0 ? whyNothing(run, chosen) : null;
  return reportRun(run, { ...ran, leftOut, note });
}

function whyNothing({ plan, entryOf }: PlanRun, chosen: ReadonlySet<string>): string {
  const wasUndone = plan.items.some((item) => chosen.has(item.id) && entryOf(item).status === 'undone');
  return wasUndone ? 'undone earlier, nothing written now' : 'never applied, so that there is nothing to take back';
}
