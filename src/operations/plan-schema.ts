import * as z from 'zod';
import { describeChange } from '../core/describe-change.ts';
import { ITEM_STATUSES } from '../core/plan/item-status.ts';
import type { Plan, PlanItem } from '../core/plan/plan.ts';
import { formatRef } from '../core/task/identity.ts';
import type { LedgerEntry } from '../store/plan-store.ts';

export const planIdSchema = z
  .string()
  .regex(/^p-[0-9a-f]{8}$/, 'is no plan id such as p-1a2b3c4d')
  .describe('p-1a2b3c4d, as parasol plan list shows it');

const choice = (what: string) =>
  z.string().max(10_000).describe(`${what}: item ids, globs such as link-*, or issues, separated by commas`).optional();

export const choiceShape = { only: choice('nothing but these'), skip: choice('all but these') };

export const itemSchema = z
  .object({
    id: z.string(),
    what: z.string().describe('what it does, in words'),
    evidence: z.string().describe('why: quote, place and rule; empty where nothing was inferred'),
    rule: z.string(),
    confidence: z.number().nullable().describe('0–1, calibrated; null where nothing was guessed'),
    selected: z.boolean().describe('false: applied only where it is chosen'),
    status: z.enum(ITEM_STATUSES),
    reason: z.string().nullable(),
    issue: z.string().nullable().describe('the issue that it made'),
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
  const place = evidence === undefined ? '' : placeOf(evidence, plan);
  return {
    id: item.id,
    what: describeChange(item.change, plan.repository),
    evidence: evidence === undefined ? '' : [evidence.quote, place].filter((part) => part !== '').join(' · '),
    rule: evidence?.rule ?? '',
    confidence: evidence?.confidence ?? null,
    selected: item.selected,
    status,
    reason,
    issue: result?.issue ? formatRef(result.issue, plan.repository) : null,
  };
}

function placeOf({ in: where, path, line }: PlanItem['evidence'][number], { repository }: Plan): string {
  const named = path ?? (where === null ? '' : formatRef(where, repository));
  return named === '' || line === null ? named : `${named}:${line}`;
}
