import * as z from 'zod';
import type { Change, CheckConclusion, CommentChange, Reaction } from '../core/change.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { refSchema } from './rollup-schema.ts';

/** The shape of changes as they leave Parasol. The core's types are the origin; `satisfies` keeps the two equal. */
const repositorySchema = z
  .object({ owner: z.string(), repo: z.string() })
  .readonly() satisfies z.ZodType<RepositoryRef>;

const reactionSchema = z.enum(['+1', '-1', 'eyes', 'confused', 'rocket']) satisfies z.ZodType<Reaction>;

const texts = z.array(z.string()).readonly();

const change = <Kind extends string, Shape extends z.ZodRawShape>(kind: Kind, shape: Shape) =>
  z.object({ kind: z.literal(kind), ...shape }).readonly();

const COMMENT_CHANGES = [
  change('create_comment', { on: refSchema, marker: z.string(), body: z.string() }),
  change('update_comment', { on: refSchema, commentId: z.int(), marker: z.string(), body: z.string() }),
  change('delete_comment', { on: refSchema, commentId: z.int() }),
  change('add_reaction', { on: refSchema, commentId: z.int(), content: reactionSchema }),
] as const;

export const commentChangeSchema = z.discriminatedUnion('kind', COMMENT_CHANGES) satisfies z.ZodType<CommentChange>;

export const changeSchema = z.discriminatedUnion('kind', [
  ...COMMENT_CHANGES,
  change('create_issue', {
    repository: repositorySchema,
    parent: refSchema.nullable(),
    key: z.string(),
    title: z.string(),
    body: z.string(),
    labels: texts,
    assignees: texts,
    milestone: z.string().nullable(),
    issueType: z.string().nullable(),
  }),
  change('update_issue_body', { on: refSchema, expected: z.string(), body: z.string() }),
  change('close_issue', { on: refSchema, reason: z.enum(['completed', 'not_planned']) }),
  change('reopen_issue', { on: refSchema }),
  change('add_assignee', { on: refSchema, login: z.string() }),
  change('remove_assignee', { on: refSchema, login: z.string() }),
  change('request_review', { on: refSchema, login: z.string() }),
  change('remove_review_request', { on: refSchema, login: z.string() }),
  change('add_sub_issue', { parent: refSchema, child: refSchema, replaceParent: z.boolean() }),
  change('remove_sub_issue', { parent: refSchema, child: refSchema }),
  change('place_sub_issue', { parent: refSchema, child: refSchema, after: refSchema.nullable() }),
  change('add_blocker', { on: refSchema, blocker: refSchema }),
  change('remove_blocker', { on: refSchema, blocker: refSchema }),
  change('add_label', { on: refSchema, label: z.string() }),
  change('remove_label', { on: refSchema, label: z.string() }),
  change('create_label', {
    repository: repositorySchema,
    name: z.string(),
    color: z.string().describe('six hexadecimal digits'),
    description: z.string(),
  }),
  change('report_check', {
    repository: repositorySchema,
    sha: z.string(),
    name: z.string(),
    conclusion: z.enum(['success', 'failure', 'neutral', 'action_required']) satisfies z.ZodType<CheckConclusion>,
    title: z.string(),
    summary: z.string(),
  }),
  change('delete_label', { repository: repositorySchema, name: z.string() }),
  change('put_file', { repository: repositorySchema, path: z.string(), text: z.string(), message: z.string() }),
]) satisfies z.ZodType<Change>;
