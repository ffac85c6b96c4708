import * as z from 'zod';
import type { Gap } from '../core/reading.ts';
import { TASK_STATES } from '../core/task/state.ts';
import type { Rollup } from '../core/umbrella/rollup.ts';

/**
 * The shape of a rollup as it leaves Parasol: HTTP answers, MCP tool results and `--json` are all described by it. The
 * core's type is the origin; `satisfies`, and the operations that return it, keep the two equal.
 */
export const refSchema = z.object({ owner: z.string(), repo: z.string(), number: z.int().positive() }).readonly();

const instant = z.string().describe('UTC, ISO-8601');
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

export const countedStateSchema = z.enum([...TASK_STATES, 'unknown']);

export const gapSchema = z
  .object({
    cause: z.enum(['forbidden', 'truncated', 'rate_limited', 'unavailable', 'no_clone', 'not_supported', 'invalid']),
    what: z.string().describe('what could not be read'),
    repository: z.object({ owner: z.string(), repo: z.string() }).readonly().exactOptional(),
    permission: z.string().describe('the permission that would help').exactOptional(),
    about: z.literal('configuration').describe('the configuration itself is what could not be read').exactOptional(),
  })
  .readonly() satisfies z.ZodType<Gap>;

const stateVerdictSchema = z
  .object({
    state: countedStateSchema,
    since: instant.nullable(),
    reason: z.string().describe('what decided'),
    evidenceUrl: z.string().describe('page of the pull request, commit or blocker that decided').exactOptional(),
    computed: countedStateSchema.describe('what the facts alone say, where a label decided').exactOptional(),
    remark: z.string().exactOptional(),
  })
  .readonly();

const progressSchema = z
  .object({
    total: z.int().describe('all tasks, hidden and private ones included'),
    counts: z.record(countedStateSchema, z.int()).readonly(),
    complete: z.int().describe('done + integrated'),
    relevant: z.int().describe('all but dropped'),
    percentComplete: z.int().nullable().describe('null when nothing is relevant'),
  })
  .readonly();

const taskShape = {
  ref: refSchema,
  plannedId: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  state: stateVerdictSchema,
};

const linkSource = z.enum(['closing_reference', 'linked_branch', 'closing_keyword', 'task_line', 'planned_id']);

const pullRequestSchema = z
  .object({
    ref: refSchema,
    url: z.string(),
    title: z.string(),
    state: z.enum(['draft', 'open', 'merged', 'closed']),
    branch: z.string(),
    link: z
      .object({
        pullRequest: refSchema,
        source: linkSource,
        evidence: list(
          z.object({ source: linkSource, place: z.string(), quote: z.string(), url: z.string() }).readonly(),
        ),
      })
      .readonly(),
    checks: z.enum(['none', 'success', 'pending', 'failure', 'unknown']),
    failingChecks: list(z.string()),
    review: z.enum(['approved', 'changes_requested', 'requested', 'none', 'unknown']),
    waitingFor: list(z.string()),
    conflicts: list(z.object({ with: refSchema, basis: z.enum(['verified', 'estimated']) }).readonly())
      .describe('open pull requests that it conflicts with, or is likely to; absent where none is known')
      .exactOptional(),
  })
  .readonly();

const nextActionSchema = z
  .object({
    kind: z.enum([
      'close_task',
      'reapply_change',
      'merge',
      'fix_checks',
      'wait_for_checks',
      'resolve_conflict',
      'address_review',
      'review',
      'request_review',
      'finish_draft',
      'clear_blocker',
      'add_artifact',
      'continue',
      'start',
      'grant_permission',
    ]),
    text: z.string(),
    actors: list(z.string()).describe('who owes it: logins, team slugs, or a role in words'),
    url: z.string(),
  })
  .readonly();

const verdict = z.enum(['go', 'no_go', 'unknown']);

const artifactSchema = z
  .object({
    field: z.string(),
    state: z.enum(['present', 'missing', 'invalid', 'not_yet_needed', 'unknown']),
    value: z.string().nullable(),
    place: z.string().nullable().describe('where the value was read'),
  })
  .readonly();

const blockerSchema = z
  .object({
    ref: refSchema.nullable().describe('null when the reader may not see it'),
    title: z.string().nullable(),
    url: z.string().nullable(),
    assignees: list(z.string()),
  })
  .readonly();

const childSchema = z
  .object({
    ...taskShape,
    lane: z.string().nullable(),
    assignees: list(z.string()),
    claim: z
      .object({ agent: z.string(), until: instant.describe('when its lease runs out') })
      .readonly()
      .describe('the agent that works on it; absent where none does')
      .exactOptional(),
    ageSeconds: z.number().nullable().describe('seconds in the present state'),
    pullRequests: list(pullRequestSchema),
    openBlockers: list(blockerSchema),
    artifacts: list(artifactSchema),
    missingArtifacts: list(z.string()),
    nextAction: nextActionSchema.nullable(),
    nested: z.object({ progress: progressSchema, integration: verdict }).readonly().nullable(),
    gaps: list(gapSchema),
  })
  .readonly();

const integrationSchema = z
  .object({
    verdict,
    reasons: list(
      z
        .object({
          criterion: z.enum(['completion', 'artifacts', 'dependencies', 'coverage']),
          effect: z.enum(['blocks', 'unknown']),
          ref: refSchema.nullable(),
          text: z.string(),
        })
        .readonly(),
    ),
    notJudged: list(z.string()),
  })
  .readonly();

export const rollupSchema = z
  .object({
    umbrella: z.object(taskShape).readonly(),
    progress: progressSchema.describe('direct children'),
    wholeTree: progressSchema.nullable().describe('leaf tasks at any depth'),
    lanes: list(z.object({ name: z.string().nullable(), progress: progressSchema }).readonly()),
    children: list(childSchema),
    privateChildren: z.int().describe('children that the reader may not see: counted, never named'),
    unreadChildren: z.int(),
    attention: list(z.object({ ref: refSchema, why: z.string(), action: nextActionSchema }).readonly()),
    integration: integrationSchema,
    gaps: list(gapSchema),
    remarks: list(z.string()),
    configVersion: z
      .object({ sha: z.string(), committedAt: instant, url: z.string() })
      .readonly()
      .describe('whose version of the configuration holds, because the file has a problem now')
      .exactOptional(),
    now: instant,
  })
  .readonly() satisfies z.ZodType<Rollup>;
