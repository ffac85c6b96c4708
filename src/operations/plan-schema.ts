import * as z from 'zod';
import { describeChange } from '../core/describe-change.ts';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import type { Plan, PlanItem, PlannedChange } from '../core/plan/plan.ts';
import { formatRef } from '../core/task/identity.ts';
import type { LedgerEntry } from '../store/ledger-entry.ts';

export const planIdSchema = z
  .string()
  .regex(/^p-[0-9a-f]{8}(?:[0-9a-f]{4})?$/, 'is no plan id such as p-1a2b3c4d')
  .describe('p-1a2b3c4d, as parasol plan list shows it');

const choice = (what: string) =>
  z.string().max(10_000).describe(`${what}: item ids, globs such as link-*, or issues, separated by commas`).optional();

export const choiceShape = { only: choice('nothing but these'), skip: choice('all but these') };

const itemShape = {
  id: z.string(),
  what: z.string().describe('what it does, in words'),
  evidence: z.string().describe('why: quote, place and rule; empty where nothing was inferred'),
  rule: z.string(),
  confidence: z.number().nullable().describe('0–1, calibrated; null where nothing was guessed'),
  selected: z.boolean().describe('false: applied only where it is chosen'),
  status: z.enum(ITEM_STATUSES),
  reason: z.string().nullable(),
  issue: z.string().nullable().describe('the issue that it made'),
};

export const itemSchema = z.object(itemShape).readonly();

/** An item with all that a person has to see before it is applied. */
export const fullItemSchema = z
  .object({
    ...itemShape,
    reasons: z.array(z.string()).readonly().describe('every evidence, the first one included'),
    edit: z
      .object({ before: z.string(), after: z.string() })
      .readonly()
      .nullable()
      .describe('the whole text of the issue before and after; #{item} stands for the number of an issue to be made'),
    creates: z
      .object({
        title: z.string(),
        parent: z.string().nullable(),
        labels: z.array(z.string()).readonly(),
        assignees: z.array(z.string()).readonly(),
        milestone: z.string().nullable(),
        issueType: z.string().nullable(),
        body: z.string(),
      })
      .readonly()
      .nullable(),
  })
  .readonly();

export type ShownItem = z.output<typeof itemSchema>;

export const headShape = {
  id: z.string(),
  kind: z.enum(['scaffold', 'backfill', 'relink', 'drift']),
  repository: z.string(),
  umbrella: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string().nullable(),
};

export const headOf = ({ id, kind, repository, umbrella, createdAt, createdBy }: Plan) => ({
  id,
  kind,
  repository: `${repository.owner}/${repository.repo}`,
  umbrella: umbrella === null ? null : formatRef(umbrella),
  createdAt,
  createdBy,
});

export function showItem(item: PlanItem, plan: Plan, { status, reason, result }: LedgerEntry): ShownItem {
  const [evidence] = item.evidence;
  return {
    id: item.id,
    what: describeChange(item.change, plan.repository),
    evidence: evidence === undefined ? '' : reasonOf(evidence, plan),
    rule: evidence?.rule ?? '',
    confidence: evidence?.confidence ?? null,
    selected: item.selected,
    status,
    reason,
    issue: result?.issue ? formatRef(result.issue, plan.repository) : null,
  };
}

export function showFullItem(item: PlanItem, plan: Plan, entry: LedgerEntry): z.output<typeof fullItemSchema> {
  const { change, evidence } = item;
  return {
    ...showItem(item, plan, entry),
    reasons: evidence.map((one) => reasonOf(one, plan)),
    edit: change.kind === 'update_issue_body' ? { before: change.expected, after: change.body } : null,
    creates: change.kind === 'create_issue' ? newIssueOf(change, plan) : null,
  };
}

function newIssueOf(change: Extract<PlannedChange, { kind: 'create_issue' }>, { repository }: Plan) {
  const { title, parent, labels, assignees, milestone, issueType, body } = change;
  const above = parent !== null && 'item' in parent ? parent.item : parent && formatRef(parent, repository);
  return { title, parent: above, labels, assignees, milestone, issueType, body };
}

const reasonOf = (evidence: PlanItem['evidence'][number], plan: Plan): string =>
  [evidence.quote, placeOf(evidence, plan)].filter((part) => part !== '').join(' · ');

function placeOf({ in: where, path, line }: PlanItem['evidence'][number], { repository }: Plan): string {
  const named = path ?? (where === null ? '' : formatRef(where, repository));
  return named === '' || line === null ? named : `${named}:${line}`;
}
