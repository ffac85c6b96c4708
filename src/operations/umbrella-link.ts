/**
 * Puts issues under an umbrella as native sub-issues, and says of each what would happen to it.
 *
 *     parasol umbrella link 12 14 15 octo/docs#3           says what it would do
 *     parasol umbrella link 12 14 15 octo/docs#3 --write   does it
 *
 * Refused, each with its reason and without stopping the others: a second parent (use `umbrella move`), a cycle, a ninth
 * level, another owner's issue, a pull request, the umbrella itself. GitHub allows 100 children under one issue: where
 * more are named than fit, the batch umbrellas that would hold them become a plan, kept in the store for `plan apply`. The
 * operation itself writes nothing on GitHub: it returns the changes, or names the plan.
 */
import * as z from 'zod';
import { describeChange } from '../core/describe-change.ts';
import type { PlanDraft } from '../core/plan/plan.ts';
import type { Ref } from '../core/task/identity.ts';
import { type LinkPlan, planLinks } from '../core/umbrella/links/plan-links.ts';
import { childNames, itemsOf, linkReportShape, umbrellaName } from './link-report.ts';
import { loadLinks, type NamedLinks } from './load-links.ts';
import type { Operation, OperationContext } from './operation.ts';
import { savePlan } from './save-plan.ts';

const input = z.object({ umbrella: umbrellaName, children: childNames });

const output = z.object({
  ...linkReportShape,
  batchPlan: z
    .array(z.object({ id: z.string(), what: z.string() }).readonly())
    .readonly()
    .describe('in order, where new batch umbrellas are needed; empty otherwise'),
  planId: z.string().nullable().describe('the plan that `plan apply` carries out; null where no batch is needed'),
});

export type LinkReport = z.output<typeof output>;

export const umbrellaLink: Operation<typeof input, typeof output> = {
  name: 'umbrella.link',
  summary: 'Say what putting issues under an umbrella would change, and what GitHub would refuse.',
  effect: 'read',
  input,
  output,
  run: (context, names) => plan(context, { ...names, moves: false }),
};

const moveInput = z.object({
  children: childNames,
  to: umbrellaName,
});

export const umbrellaMove: Operation<typeof moveInput, typeof output> = {
  name: 'umbrella.move',
  summary: 'Say what moving issues from whatever parent they have to an umbrella would change.',
  effect: 'read',
  input: moveInput,
  output,
  run: (context, { children, to }) => plan(context, { umbrella: to, children, moves: true }),
};

interface Request extends z.output<typeof input> {
  readonly moves: boolean;
}

async function plan(context: OperationContext, { umbrella, children, moves }: Request): Promise<LinkReport> {
  const links = await loadLinks(context, { umbrella, children, needsLevels: true });
  const planned = planLinks({ ...links, moves });
  const { umbrella: task } = links;
  const kept = planned.items.length === 0 ? null : await savePlan(context, draftOf(task.ref, planned.items));
  return { ...reportOf(links, planned), planId: kept?.id ?? null };
}

const draftOf = (umbrella: Ref, items: LinkPlan['items']): PlanDraft => ({
  kind: 'relink',
  repository: { owner: umbrella.owner, repo: umbrella.repo },
  umbrella,
  items,
  notes: [],
});

function reportOf(
  { umbrella, unfound }: NamedLinks,
  { verdicts, changes, items }: LinkPlan,
): Omit<LinkReport, 'planId'> {
  return {
    umbrella: umbrella.ref,
    items: itemsOf(verdicts, unfound),
    changes,
    batchPlan: items.map(({ id, change }) => ({ id, what: describeChange(change, umbrella.ref) })),
  };
}
