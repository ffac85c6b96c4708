/**
 * Proposes the links that a repository's history states in words and GitHub does not have yet: parents from dotted ids,
 * `Parent: #1` lines, lists of children and `Part of #1`; dependencies from `Blocked by #1`. Each proposal quotes its
 * evidence. Nothing is written: `save` keeps the proposals as a plan, and `plan apply` carries it out.
 *
 *     parasol umbrella backfill --repo octo/harbor
 *     parasol umbrella backfill --repo octo/harbor --suggest --review links.md
 *
 * `suggest` adds, for tasks of which no text says it, the umbrella that fits best by time, words, author, label and
 * milestone; it asks a person and is never applied unseen. Conflicts are listed and left alone. Code, quotes and
 * comments are not read, and a mere mention proves nothing.
 */
import * as z from 'zod';
import { renderReviewFile } from '../core/plan/review-file.ts';
import { formatRef } from '../core/task/identity.ts';
import type { IssueRecord } from '../core/task/issue-record.ts';
import { plannedIdOf } from '../core/task/planned-id.ts';
import { hostOf } from '../core/task/text-references.ts';
import type { BackfillTask } from '../core/umbrella/backfill/backfill-task.ts';
import { buildBackfill } from '../core/umbrella/backfill/build-backfill.ts';
import type { LinkProposal } from '../core/umbrella/backfill/link-proposal.ts';
import { describeConflict, planBackfill } from '../core/umbrella/backfill/plan-backfill.ts';
import { loadConfig } from '../github/load-config.ts';
import { loadIssueHistory } from '../github/load-issue-history.ts';
import { configInForce } from './config-in-force.ts';
import type { Operation, OperationContext } from './operation.ts';
import { repositoryOf } from './repository-input.ts';
import { gapSchema, refSchema } from './rollup-schema.ts';
import { savePlan } from './save-plan.ts';
import { withdrawnLinks } from './withdrawn-links.ts';

const input = z.object({
  repository: z.string().describe('owner/repo; the default repository when left out').optional(),
  since: z.iso
    .date({ error: 'is a day such as 2026-01-31' })
    .describe('propose links only for issues created since that day, such as 2026-01-31')
    .optional(),
  suggest: z.boolean().describe('also rank umbrellas for issues of which no text says it').default(false),
  save: z.boolean().describe('keep the proposals as a plan that can be applied').default(false),
  review: z
    .boolean()
    .describe('keep them, and give a checklist to edit; plan apply --review follows it')
    .default(false),
});

const evidence = z.object({ quote: z.string(), in: refSchema, line: z.int().nullable() });

const proposal = z.object({
  child: z.string().describe('owner/repo#number'),
  parent: z.string().describe('owner/repo#number of the parent, or of what blocks'),
  relation: z.enum(['parent', 'blocked_by']),
  rule: z.string(),
  confidence: z.number().describe('0–1, calibrated'),
  tier: z.enum(['apply', 'review', 'ignore']),
  evidence: z.array(evidence).readonly(),
});

const output = z.object({
  repository: z.string(),
  issues: z.int().describe('issues read'),
  proposals: z.array(proposal).readonly(),
  conflicts: z.array(z.object({ kind: z.string(), child: z.string(), text: z.string() })).readonly(),
  gaps: z.array(gapSchema).readonly().describe('what could not be read'),
  plan: z.string().nullable().describe('id of the plan, where it was kept'),
  checklist: z.string().nullable().describe('Markdown to edit, where it was asked for'),
});

export const umbrellaBackfill: Operation<typeof input, typeof output> = {
  name: 'umbrella.backfill',
  summary: 'Propose the parent links and dependencies that a history states in words.',
  effect: 'read',
  needsStore: ({ save, review }) => save || review,
  input,
  output,
  run: proposeLinks,
};

async function proposeLinks(
  context: OperationContext,
  { repository: named, since, suggest, save, review }: z.output<typeof input>,
): Promise<z.output<typeof output>> {
  const repository = repositoryOf(context, named);
  const { config } = configInForce(await loadConfig(context.github, repository));
  const progress = context.onProgress === undefined ? {} : { onProgress: context.onProgress };
  const issues = await loadIssueHistory(context.github, repository, progress);
  const found = buildBackfill(
    issues.map((issue) => taskOf(issue, config.tasks.ids)),
    {
      umbrellas: config.tasks.umbrella,
      host: hostOf(issues[0]?.url ?? ''),
      suggest,
      withdrawn: await withdrawnLinks(context, { repository, issues }),
    },
  );
  const created = new Map(issues.map(({ ref, createdAt }) => [formatRef(ref), createdAt]));
  const isRecent = ({ child }: Pick<LinkProposal, 'child'>): boolean =>
    since === undefined || (created.get(formatRef(child)) ?? '') >= since;
  const wanted = { proposals: found.proposals.filter(isRecent), conflicts: found.conflicts.filter(isRecent) };
  const draft = planBackfill(repository, wanted);
  const plan = (save || review) && draft.items.length > 0 ? await savePlan(context, draft) : null;
  return {
    repository: `${repository.owner}/${repository.repo}`,
    issues: issues.length,
    proposals: wanted.proposals.map(shownProposal),
    conflicts: wanted.conflicts.map((conflict) => ({
      kind: conflict.kind,
      child: formatRef(conflict.child),
      text: describeConflict(conflict, repository),
    })),
    gaps: issues.flatMap(({ blockers }) => (blockers.known ? [] : [blockers.gap])),
    plan: plan?.id ?? null,
    checklist: review && plan !== null ? renderReviewFile(plan) : null,
  };
}

/** Blockers that could not be read count as none: a dependency that stands already is not made twice. */
function taskOf(issue: IssueRecord, ids: readonly string[]): BackfillTask {
  const { blockers, ...words } = issue;
  return { ...words, plannedId: plannedIdOf(issue, ids), blockers: blockers.known ? blockers.value : [] };
}

const shownProposal = ({ child, parent, ...rest }: LinkProposal) => ({
  ...rest,
  child: formatRef(child),
  parent: formatRef(parent),
});
