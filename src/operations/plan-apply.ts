/**
 * Applies a plan: one write after the other, at the pace that GitHub allows, each put into the ledger before it is sent.
 *
 *     parasol plan apply p-1a2b3c4d
 *     parasol plan apply p-1a2b3c4d --only 'link-*' --skip '#12'
 *     parasol plan apply p-1a2b3c4d --review links.md
 *
 * Whoever may write where the plan writes may use it. Run again after a crash, it reads every item in doubt on GitHub and
 * goes on; run again after it is done, it changes nothing. What GitHub says already is skipped, and so is what needs an
 * item that failed. It never takes back what a person changed since the plan was made: such an item fails and says why.
 */
import * as z from 'zod';
import type { ItemStatus } from '../core/plan/item-status.ts';
import { newPlanAdvice } from '../core/plan/new-plan-advice.ts';
import type { Plan } from '../core/plan/plan.ts';
import { checkReview, parseReviewFile } from '../core/plan/review-file.ts';
import { applyItem } from './apply-item.ts';
import { chooseItems } from './choose-items.ts';
import type { Operation, OperationContext } from './operation.ts';
import { isStanding, type PlanRun, withPlan } from './plan-run.ts';
import { choiceShape, planIdSchema } from './plan-schema.ts';
import { type RunReport, reportRun, runItems, runReportSchema } from './run-items.ts';

const input = z.object({
  id: planIdSchema,
  ...choiceShape,
  review: z
    .string()
    .max(5_000_000)
    .describe('a checklist of the plan: what is ticked there, and nothing else')
    .optional(),
  reviewName: z.string().max(500).describe('what failures call the checklist').default('review'),
});

export const planApply: Operation<typeof input, typeof runReportSchema> = {
  name: 'plan.apply',
  summary: 'Apply a plan to GitHub, at the pace that GitHub allows; run again, it goes on where it stopped.',
  effect: 'write',
  needsStore: true,
  hints: { isDestructive: true, isIdempotent: true },
  input,
  output: runReportSchema,
  run: (context, asked) => withPlan(context, asked.id, (run) => apply(context, run, asked)),
};

async function apply(context: OperationContext, run: PlanRun, asked: z.output<typeof input>): Promise<RunReport> {
  const settled = new Set(run.plan.items.filter((item) => isStanding(run.entryOf(item))).map(({ id }) => id));
  const selection = chooseItems(run.plan, { skip: asked.skip, only: asked.only ?? tickedIn(run, asked) }, settled);
  const chosen = new Set(selection.chosen);
  const items = run.plan.items.filter((item) => chosen.has(item.id));
  const due = items.filter((item) => !ENDED.includes(run.entryOf(item).status));
  const ran = await runItems(context, run, { items: due, label: `applying ${run.plan.id}`, one: applyItem });
  const leftOut = new Map(selection.leftOut.map(({ id, reason }) => [id, reason]));
  const note =
    due.length === 0
      ? whyNothing(
          run.plan,
          items.map((item) => run.entryOf(item).status),
        )
      : null;
  return reportRun(run, { ...ran, leftOut, note });
}

/** Nothing is applied a second time: whoever took it back since meant to. */
const ENDED: readonly string[] = ['done', 'undoing', 'undone', 'kept'];

/** Told before anything is run: null where nothing was chosen. */
function whyNothing(plan: Plan, statuses: readonly ItemStatus[]): string | null {
  if (statuses.length === 0) return null;
  if (statuses.includes('undoing')) return 'being undone, nothing written now: parasol plan undo finishes that';
  if (!statuses.includes('undone')) return 'done earlier, nothing written now';
  return `undone earlier, nothing written now: a plan that was taken back is not applied again; ${newPlanAdvice(plan)}`;
}

function tickedIn({ plan }: PlanRun, { review, reviewName }: z.output<typeof input>): ReadonlySet<string> | undefined {
  if (review === undefined) return undefined;
  const source = { text: review, file: reviewName };
  const read = parseReviewFile(review, reviewName);
  checkReview(read, plan, source);
  return new Set(read.ticked);
}
