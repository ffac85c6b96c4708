import * as z from 'zod';
import { TASK_STATES } from '../task/state.ts';

/**
 * The readiness report, `readiness/v1`: what every surface shows, and what `fixtures/readiness.schema.json` publishes. Times
 * are RFC 3339 in UTC, durations whole seconds, shares `{num, den, value}`; every list has one order, so that the same
 * facts give the same bytes.
 */
export const REPORT_SCHEMA_NAME = 'readiness/v1';

const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const instant = z.iso.datetime().describe('RFC 3339, UTC');
const seconds = z.int().nonnegative();

/** In the order in which they are shown. */
export const CRITERION_IDS = [
  'completion',
  'integration_outcomes',
  'present_on_base',
  'dependencies',
  'base_ci',
  'scope_integrity',
  'gate_backlog',
  'implemented_age',
  'backports',
  'artifacts',
] as const;
export type CriterionId = (typeof CRITERION_IDS)[number];

/** What else a configuration may ask for, as a part of several criteria or of none. */
const PARTS = ['gates', 'freeze'] as const;

export const ratioSchema = z
  .strictObject({ num: z.int().nonnegative(), den: z.int().nonnegative(), value: z.number().nullable() })
  .readonly()
  .describe('value is num / den, null where den is 0');
export type Ratio = z.output<typeof ratioSchema>;

/** A task or a pull request by its name; null where the readers may not know it. */
const itemSchema = z
  .strictObject({
    ref: z.string().describe('owner/repo#12'),
    kind: z.enum(['task', 'pull_request', 'commit', 'branch']),
    title: z.string(),
    url: z.string(),
  })
  .readonly();
export type ReportItemName = z.output<typeof itemSchema>;

const evidenceSchema = z
  .strictObject({
    text: z.string().describe('what was seen, in words'),
    url: z.string().nullable(),
    path: z.string().describe('the file that it is about').exactOptional(),
    line: z.int().positive().exactOptional(),
    sha: z.string().exactOptional(),
  })
  .readonly();
export type Evidence = z.output<typeof evidenceSchema>;

export const actorSchema = z
  .strictObject({
    name: z.string().describe('a login, `org/team`, or a role in words: `a maintainer of octo/harbor`'),
    kind: z.enum(['person', 'team', 'role']),
  })
  .readonly();
export type Actor = z.output<typeof actorSchema>;

export const actionSchema = z
  .strictObject({
    text: z.string().describe('one thing to do, as an order: `merge octo/harbor#41`'),
    command: z.string().nullable().describe('a command that does it, where there is one'),
    url: z.string().nullable().describe('the page where it is done'),
  })
  .readonly();
export type Action = z.output<typeof actionSchema>;

/** `fails`: in the way. `unknown`: nobody can tell. `informs`: worth knowing, never in the way. */
const effect = z.enum(['fails', 'unknown', 'informs']);

export const findingSchema = z
  .strictObject({
    id: z.string().describe('the same for the same finding in every report'),
    criterion: z.enum(CRITERION_IDS),
    kind: z.string().describe('what was found, in one word: `open_task`, `silent_revert`'),
    effect,
    item: itemSchema.nullable().describe('null where it is private, or where the whole scope is meant'),
    lane: z.string().nullable(),
    since: instant.nullable(),
    age_seconds: seconds.nullable().describe('since then, excused time included'),
    excused_seconds: seconds.describe('of them under an open blocker'),
    why: z.string(),
    actor: actorSchema,
    action: actionSchema,
    unblocks: list(z.string()).describe('tasks that wait for this, directly or not, by name; at most 50'),
    evidence: list(evidenceSchema),
    waived_by: z.string().nullable().describe('id of the waiver that sets it aside'),
  })
  .readonly();
export type Finding = z.output<typeof findingSchema>;

const measureSchema = z
  .strictObject({
    text: z.string().describe('in words: `31 of 34 tasks`'),
    ratio: ratioSchema.exactOptional(),
    seconds: seconds.exactOptional(),
    count: z.int().nonnegative().exactOptional(),
  })
  .readonly();
export type Measure = z.output<typeof measureSchema>;

export const criterionSchema = z
  .strictObject({
    id: z.enum(CRITERION_IDS),
    title: z.string(),
    weight: z.enum(['blocking', 'informing']),
    outcome: z.enum(['pass', 'fail', 'unknown', 'not_applicable', 'waived']),
    measured: measureSchema.nullable(),
    threshold: z.string().nullable().describe('what would pass'),
    reason: z.string().describe('one sentence'),
  })
  .readonly();
export type CriterionResult = z.output<typeof criterionSchema>;

const clocksSchema = z
  .strictObject({
    implemented_at: instant.nullable(),
    approved_at: instant.nullable(),
    green_at: instant.nullable(),
    mergeable_at: instant.nullable(),
    merged_at: instant.nullable(),
    present_at: instant.nullable(),
    review_wait_seconds: seconds.nullable().describe('implemented until approved, or until now'),
    merge_wait_seconds: seconds.nullable().describe('approved until merged, or until now'),
    excused_seconds: seconds.describe('under an open blocker, not counted in age'),
    age_seconds: seconds.nullable().describe('implemented until merged, or until now, without excused time'),
  })
  .readonly()
  .describe('null: it has not happened, or nobody can tell when');
export type Clocks = z.output<typeof clocksSchema>;

/** What can become of a pull request's integration. */
export const OUTCOMES = [
  'merged',
  'reverted',
  'reapplied',
  'lost',
  'failed_ci',
  'flaky',
  'conflicted',
  'abandoned',
  'open',
  'unknown',
] as const;

const reportedItemSchema = z
  .strictObject({
    ref: z.string(),
    kind: z.enum(['task', 'pull_request']),
    title: z.string(),
    url: z.string(),
    lane: z.string().nullable(),
    state: z.enum([...TASK_STATES, 'unknown', 'draft', 'open', 'merged', 'closed']),
    since: instant.nullable(),
    outcome: z
      .enum(OUTCOMES)
      .nullable()
      .describe('what became of its integration; null for a task without a pull request'),
    pull_requests: list(z.string()),
    clocks: clocksSchema.nullable(),
  })
  .readonly();
export type ReportedItem = z.output<typeof reportedItemSchema>;

const waiverSchema = z
  .strictObject({
    id: z.string(),
    by: z.string(),
    reason: z.string(),
    item: z.string().nullable().describe('null: every item of the criterion'),
    criterion: z.enum(CRITERION_IDS).nullable().describe('null: every criterion of the item'),
    until: instant,
    sha: z.string().nullable().describe('holds for this base alone'),
    url: z.string().nullable(),
    state: z.enum(['active', 'expired', 'outdated', 'unauthorised', 'unused']),
    why: z.string().describe('why it does or does not hold'),
  })
  .readonly();
export type Waiver = z.output<typeof waiverSchema>;

export const coverageSchema = z
  .strictObject({
    source: z.string().describe('what was read: `tasks`, `pull requests`, `checks`, `git history`'),
    state: z.enum(['ok', 'partial', 'denied', 'rate_limited', 'unavailable', 'not_needed']),
    missing: z.string().nullable().describe('what could not be read, in words'),
    permission: z.string().nullable().describe('what would make it readable: `checks: read`'),
  })
  .readonly();
export type SourceCoverage = z.output<typeof coverageSchema>;

const verdictSchema = z
  .strictObject({
    decision: z.enum(['go', 'no_go', 'unknown']),
    headline: z.string(),
    blocking: list(z.enum(CRITERION_IDS)).describe('criteria that fail and block'),
    unknown: list(z.enum(CRITERION_IDS)).describe('criteria that nobody can judge and that block'),
    not_judged: list(z.enum([...CRITERION_IDS, ...PARTS])).describe(
      'criteria, gates and freeze, where nothing asks for them',
    ),
    conditions: list(z.string()).describe('what the decision rests on: waivers in force, partial reading'),
    smallest_fix: z
      .strictObject({
        text: z.string(),
        findings: list(z.string()).describe('ids of the findings that have to go, in the order in which to mend them'),
      })
      .readonly()
      .nullable()
      .describe('the fewest findings whose going makes it `go`; null where it is, or where no fix is known'),
    expires_at: instant.nullable().describe('after that the facts have to be read again'),
  })
  .readonly();
export type Verdict = z.output<typeof verdictSchema>;

const diffSchema = z
  .strictObject({
    since: instant.describe('when the earlier report was made'),
    decision: z
      .strictObject({ from: z.enum(['go', 'no_go', 'unknown']), to: z.enum(['go', 'no_go', 'unknown']) })
      .readonly(),
    appeared: list(z.string()).describe('ids of new findings'),
    resolved: list(z.strictObject({ id: z.string(), why: z.string() }).readonly()),
    criteria: list(z.strictObject({ id: z.enum(CRITERION_IDS), from: z.string(), to: z.string() }).readonly()),
  })
  .readonly();
export type ReportDiff = z.output<typeof diffSchema>;

const durationStatsSchema = z
  .strictObject({ count: z.int().nonnegative(), p50_seconds: seconds.nullable(), p95_seconds: seconds.nullable() })
  .readonly();

const metricsSchema = z
  .strictObject({
    complete: ratioSchema.describe('done or integrated, of all tasks but dropped ones'),
    states: z.record(z.string(), z.int().nonnegative()).readonly(),
    outcomes: z.record(z.string(), z.int().nonnegative()).readonly().describe('of pull requests in scope'),
    review_wait: durationStatsSchema,
    merge_wait: durationStatsSchema,
    burn_up: list(
      z.strictObject({ day: z.iso.date(), scope: z.int().nonnegative(), complete: z.int().nonnegative() }).readonly(),
    ).describe('at the end of each day in UTC, at most 90'),
    longest_chain: list(z.string()).describe('open tasks, each blocked by the one before it'),
    review_backlog: list(
      z.strictObject({ reviewer: z.string(), open: z.int().nonnegative(), over_sla: z.int().nonnegative() }).readonly(),
    ),
    private_items: z.int().nonnegative().describe('counted everywhere, named nowhere'),
  })
  .readonly();
export type Metrics = z.output<typeof metricsSchema>;

export const reportSchema = z
  .strictObject({
    schema: z.literal(REPORT_SCHEMA_NAME),
    generated_at: instant.describe('alone may differ between two reports on the same facts'),
    repository: z.string(),
    scope: z
      .strictObject({
        selector: z.string().describe('`since:v3.0`, `milestone:Harbor 3.1` …'),
        title: z.string().describe('in words'),
        base_branch: z.string(),
        base_sha: z.string().nullable(),
        hash: z.string().describe('of the selector, the base and the names of all items'),
        tasks: z.int().nonnegative(),
        pull_requests: z.int().nonnegative(),
      })
      .readonly(),
    policy: z
      .strictObject({ hash: z.string(), source: z.string().describe('where it stands, or `defaults`') })
      .readonly(),
    verdict: verdictSchema,
    coverage: list(coverageSchema),
    criteria: list(criterionSchema),
    findings: list(findingSchema).describe('the one that unblocks most first'),
    items: list(reportedItemSchema).describe('by name'),
    metrics: metricsSchema,
    waivers: list(waiverSchema),
    diff: diffSchema.nullable(),
    truncation: list(
      z.strictObject({ list: z.string(), shown: z.int().nonnegative(), total: z.int().nonnegative() }).readonly(),
    ),
  })
  .readonly();
export type ReadinessReport = z.output<typeof reportSchema>;
