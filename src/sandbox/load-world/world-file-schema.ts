import * as z from 'zod';
import { MERGE_METHODS } from '../merge-methods.ts';
import { isTime } from './relative-time.ts';

/** The format of world files, documented for their writers in `fixtures/worlds/README.md`. */
const time = z
  .union([z.string(), z.literal(0).transform(() => '0')])
  .refine(isTime, 'must be a time: -5d, -1d12h, +2w, 0 or 2026-03-02T09:00:00Z');
/** YAML reads six digits as a number. */
const color = z
  .union([z.string(), z.number().transform((digits) => String(digits).padStart(6, '0'))])
  .refine((text) => /^[0-9a-f]{6}$/i.test(text), 'must be a colour of six hexadecimal digits');
const login = z.string().min(1);
const item = z.union([
  z.number().int().positive(),
  z.string().regex(/^(?:[\w.-]+\/[\w.-]+)?#\d+$/, 'must be 12 or owner/name#12'),
]);
const permission = z.enum(['read', 'write']);
const happened = z.union([time, z.strictObject({ at: time, by: login.optional() })]);
const merged = z.union([
  time,
  z.strictObject({
    at: time,
    by: login.optional(),
    method: z.enum(['merge', 'squash', 'rebase']).optional(),
  }),
]);

const comment = z.strictObject({ by: login, at: time, body: z.string() });

const closing = z.enum(['completed', 'not_planned', 'duplicate']);

const fieldValue = z.union([z.string(), z.number()]);
/** Name of the organization's field to its value, since the opening unless `at` says later. */
const fields = z.record(
  z.string(),
  z.union([fieldValue, z.strictObject({ value: fieldValue, at: time, by: login.optional() })]),
);

const issue = z.strictObject({
  number: z.number().int().positive().optional(),
  title: z.string(),
  body: z.string().default(''),
  by: login.optional(),
  opened: time.optional(),
  labels: z.array(z.string()).default([]),
  /** A list (since the opening), or login to time. */
  assignees: z.union([z.array(login), z.record(login, time)]).default([]),
  milestone: z.string().optional(),
  type: z.string().optional(),
  fields: fields.default({}),
  children: z.array(item).default([]),
  blocked_by: z.array(z.union([item, z.strictObject({ item, at: time })])).default([]),
  /** Name of a branch made for the issue from its sidebar. */
  branch: z.string().optional(),
  comments: z.array(comment).default([]),
  closed: z.union([closing, z.strictObject({ as: closing, at: time, by: login.optional() })]).optional(),
  /** When it was opened again, after its closing here or by a merge. */
  reopened: time.optional(),
});

const file = z.union([
  z.string(),
  z.strictObject({
    path: z.string(),
    previous_path: z.string().optional(),
    status: z.enum(['added', 'modified', 'removed', 'renamed']).optional(),
    additions: z.number().int().nonnegative().optional(),
    deletions: z.number().int().nonnegative().optional(),
    /** As GitHub shows it: hunks from the first `@@` on. */
    patch: z.string().optional(),
    text: z.string().optional(),
  }),
]);

/** Commits that came to a pull request after its opening, the author's. */
const push = z.strictObject({ at: time, commits: z.array(z.string()).min(1), files: z.array(file).default([]) });

const review = z.strictObject({
  by: login,
  at: time,
  state: z.enum(['approved', 'changes_requested', 'commented', 'dismissed']),
  body: z.string().optional(),
});

const check = z.enum([
  'queued',
  'pending',
  'success',
  'failure',
  'neutral',
  'cancelled',
  'skipped',
  'timed_out',
  'action_required',
]);

/** One outcome, or those of all attempts in turn. */
const checks = z.record(z.string(), z.union([check, z.array(check).min(1)])).default({});

const attempt = z.union([check, z.strictObject({ as: check, at: time })]);

const run = z.strictObject({
  workflow: z.string().min(1),
  at: time,
  /** Its head at that time; the default branch otherwise. */
  branch: z.string().optional(),
  /** Number of the pull request whose head it is for. */
  pull_request: z.number().int().positive().optional(),
  event: z.string().optional(),
  by: login.optional(),
  /** How each attempt ended. Without them as the checks say. */
  attempts: z.array(attempt).default([]),
  checks,
});

const pullRequest = z.strictObject({
  number: z.number().int().positive().optional(),
  title: z.string().optional(),
  body: z.string().default(''),
  by: login,
  opened: time,
  branch: z.string(),
  base: z.string().optional(),
  /** `owner/name` of the fork that the branch is in. */
  fork: z.string().optional(),
  draft: z.boolean().default(false),
  /** When a draft was marked as ready. */
  ready: time.optional(),
  labels: z.array(z.string()).default([]),
  assignees: z.array(login).default([]),
  milestone: z.string().optional(),
  /** Writes `Closes #n` into the body. */
  closes: z.array(item).default([]),
  /** Number of the pull request that this one reverts: gives title and body as GitHub's button does. */
  reverts: z.number().int().positive().optional(),
  commits: z.array(z.string()).optional(),
  files: z.array(file).default([]),
  pushes: z.array(push).default([]),
  /** Approvals; those that the repository's rules ask for otherwise. */
  requires: z.number().int().nonnegative().optional(),
  /** Logins, or `team:slug`. */
  reviewers: z.array(z.string()).default([]),
  /** Who was asked, and from whom a request was taken away, after the opening; logins or `team:slug`. */
  requests: z
    .array(
      z.strictObject({
        at: time,
        by: login.optional(),
        ask: z.array(z.string()).default([]),
        remove: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  reviews: z.array(review).default([]),
  /** Check run name to outcome, or to those of its attempts; `pending` is one that runs. */
  checks,
  statuses: z.record(z.string(), z.enum(['success', 'pending', 'failure', 'error'])).default({}),
  comments: z.array(comment).default([]),
  conflicting: z.boolean().default(false),
  merged: merged.optional(),
  closed: happened.optional(),
});

/** Marks the head of a branch at that time. */
const tag = z.union([time, z.strictObject({ at: time, branch: z.string().optional() })]);

const release = z.strictObject({
  tag: z.string().min(1),
  at: time,
  /** Whose head is tagged when the tag is not there yet. */
  branch: z.string().optional(),
  by: login.optional(),
  name: z.string().optional(),
  body: z.string().default(''),
  draft: z.boolean().default(false),
  prerelease: z.boolean().default(false),
});

const label = z.union([color, z.strictObject({ color: color.optional(), description: z.string().optional() })]);

const repository = z.strictObject({
  visibility: z.enum(['public', 'internal', 'private']).default('public'),
  description: z.string().optional(),
  default_branch: z.string().default('main'),
  /** The first is what people are offered; those that are not named are not allowed. */
  merge_methods: z
    .array(z.enum(MERGE_METHODS))
    .min(1)
    .default([...MERGE_METHODS]),
  created: time.default('-52w'),
  fork_of: z.string().optional(),
  collaborators: z.record(login, z.enum(['read', 'triage', 'write', 'maintain', 'admin'])).default({}),
  teams: z.record(z.string(), z.array(login)).default({}),
  issue_types: z.array(z.string()).optional(),
  /** Name to colour, or to colour and description. */
  labels: z.record(z.string(), label).default({}),
  milestones: z
    .array(
      z.strictObject({ title: z.string(), due: time.optional(), state: z.enum(['open', 'closed']).default('open') }),
    )
    .default([]),
  branches: z.array(z.string()).default([]),
  tags: z.record(z.string().min(1), tag).default({}),
  releases: z.array(release).default([]),
  runs: z.array(run).default([]),
  /** Names, for the default branch; or branch to names. */
  required_checks: z.union([z.array(z.string()), z.record(z.string(), z.array(z.string()))]).default([]),
  /** On the default branch. */
  required_approvals: z.number().int().nonnegative().default(0),
  /** By branch: how pull requests may be merged into it, by classic branch protection instead of a ruleset where said. */
  branch_rules: z
    .record(
      z.string(),
      z.strictObject({
        linear_history: z.boolean().default(false),
        merge_methods: z.array(z.enum(MERGE_METHODS)).min(1).optional(),
        protection: z.boolean().default(false),
        include_administrators: z.boolean().default(false),
      }),
    )
    .default({}),
  files: z.record(z.string(), z.string()).default({}),
  issues: z.array(issue).default([]),
  pull_requests: z.array(pullRequest).default([]),
});

const installation = z.strictObject({
  account: login,
  repositories: z.union([z.literal('all'), z.array(z.string())]).default('all'),
  permissions: z.record(z.string(), permission).optional(),
});

const app = z.strictObject({
  name: z.string().optional(),
  owner: login.optional(),
  permissions: z.record(z.string(), permission),
  events: z.array(z.string()),
  webhook_secret: z.string().optional(),
  installations: z.array(installation).default([]),
});

const fieldType = z.enum(['text', 'number', 'date', 'single_select']);
/** What a field is, or that with who sees it and what can be chosen. */
const issueField = z.union([
  fieldType,
  z.strictObject({
    type: fieldType.default('text'),
    visibility: z.enum(['all', 'org_only']).default('org_only'),
    options: z.array(z.string()).default([]),
  }),
]);

const user = z.strictObject({
  name: z.string().optional(),
  busy: z.boolean().default(false),
  status: z.string().optional(),
});

export const worldFileSchema = z.strictObject({
  /** What relative times count from. */
  now: z.iso.datetime().optional(),
  owners: z.record(login, z.string()).default({}),
  /** Login to name, or to name and whether GitHub shows them as busy. */
  users: z.record(login, z.union([z.string(), user])).default({}),
  /** Organization to the fields that its issues have, by name. */
  issue_fields: z.record(login, z.record(z.string().min(1), issueField)).default({}),
  repositories: z.record(z.string().regex(/^[\w.-]+\/[\w.-]+$/, 'must be owner/name'), repository),
  apps: z.record(z.string(), app).default({}),
  /** Token to login, or to login and what it may do. */
  tokens: z
    .record(z.string(), z.union([login, z.strictObject({ login, permissions: z.record(z.string(), permission) })]))
    .default({}),
});

export type WorldFile = z.output<typeof worldFileSchema>;
export type RepositoryEntry = WorldFile['repositories'][string];
export type IssueEntry = RepositoryEntry['issues'][number];
export type PullRequestEntry = RepositoryEntry['pull_requests'][number];
export type RunEntry = RepositoryEntry['runs'][number];
export type CheckOutcome = z.output<typeof check>;
export type ItemEntry = IssueEntry['children'][number];
