import * as z from 'zod';
import type { Ref } from '../core/task/identity.ts';
import type { LinkVerdict } from '../core/umbrella/links/plan-links.ts';
import type { UnlinkVerdict } from '../core/umbrella/links/plan-unlink.ts';
import { changeSchema } from './change-schema.ts';
import type { Unfound } from './load-links.ts';
import { refSchema } from './rollup-schema.ts';

/** What becomes of each issue that somebody named; `ref` and `title` are null where none was found. */
const linkItemSchema = z
  .object({
    named: z.string().describe('owner/repo#number, or what was typed where no issue was found'),
    ref: refSchema.nullable(),
    title: z.string().nullable(),
    outcome: z.enum(['link', 'move', 'unlink', 'already', 'refused']),
    reason: z.string().nullable().describe('why it is refused'),
    hint: z.string().nullable().describe('what to do instead'),
    from: refSchema.nullable().describe('the parent that it has now'),
  })
  .readonly();

export const linkReportShape = {
  umbrella: refSchema,
  items: z.array(linkItemSchema).readonly(),
  changes: z.array(changeSchema).readonly().describe('what writing would do; empty where batches have to be planned'),
};

export const childNames = z
  .array(z.string().min(1).max(500))
  .min(1)
  .max(1000)
  .readonly()
  .describe('issues: #12, owner/repo#12, addresses or planned ids');

export const umbrellaName = z
  .string()
  .min(1)
  .max(500)
  .describe('the umbrella: #12, owner/repo#12, its address or planned id');

export type LinkItem = z.output<typeof linkItemSchema>;

export function itemsOf(
  verdicts: readonly (LinkVerdict | UnlinkVerdict)[],
  unfound: readonly Unfound[],
): readonly LinkItem[] {
  return [...verdicts.map(itemOf), ...unfound.map(missingItem)];
}

const itemOf = (verdict: LinkVerdict | UnlinkVerdict): LinkItem => ({
  named: nameOf(verdict.child),
  ref: verdict.child,
  title: verdict.title,
  outcome: verdict.outcome,
  reason: verdict.refusal?.reason ?? null,
  hint: verdict.refusal?.hint ?? null,
  from: 'from' in verdict ? verdict.from : null,
});

const missingItem = ({ text, reason, hint }: Unfound): LinkItem => ({
  named: text,
  ref: null,
  title: null,
  outcome: 'refused',
  reason,
  hint,
  from: null,
});

const nameOf = ({ owner, repo, number }: Ref): string => `${owner}/${repo}#${number}`;
