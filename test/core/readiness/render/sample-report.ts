import type {
  CriterionResult,
  Finding,
  Metrics,
  ReadinessReport,
  ReportedItem,
} from '../../../../src/core/readiness/report-schema.ts';

export const AT = '2026-05-10T12:00:00Z';
const DAY = 86_400;

export const criterion = (input: Partial<CriterionResult> = {}): CriterionResult => ({
  id: 'completion',
  title: 'Completion',
  weight: 'blocking',
  outcome: 'fail',
  measured: { text: '3 of 4 tasks', ratio: { num: 3, den: 4, value: 0.75 } },
  threshold: 'every task is complete',
  reason: '1 open task',
  ...input,
});

/** #12, approved and not merged for two days, which #13 waits for. */
export const finding = (input: Partial<Finding> = {}): Finding => ({
  id: 'open_task-1a2b3c4d',
  criterion: 'completion',
  kind: 'open_task',
  effect: 'fails',
  item: { ref: 'octo/harbor#12', kind: 'task', title: 'Berth plan', url: 'https://github.com/octo/harbor/issues/12' },
  lane: 'api',
  since: '2026-05-08T12:00:00Z',
  age_seconds: 2 * DAY,
  excused_seconds: DAY / 2,
  why: 'octo/harbor#43 is approved and not merged',
  actor: { name: 'ravi', kind: 'person' },
  action: {
    text: 'merge octo/harbor#43',
    command: 'gh pr merge 43 --repo=octo/harbor',
    url: 'https://github.com/octo/harbor/pull/43',
  },
  unblocks: ['octo/harbor#13'],
  evidence: [{ text: 'approved by lena', url: 'https://github.com/octo/harbor/pull/43#pullrequestreview-7' }],
  waived_by: null,
  ...input,
});

export const item = (number: number, input: Partial<ReportedItem> = {}): ReportedItem => ({
  ref: `octo/harbor#${number}`,
  kind: 'task',
  title: `Task ${number}`,
  url: `https://github.com/octo/harbor/issues/${number}`,
  lane: null,
  state: 'in_progress',
  since: '2026-05-08T12:00:00Z',
  outcome: null,
  pull_requests: [],
  clocks: null,
  ...input,
});

export const metrics = (input: Partial<Metrics> = {}): Metrics => ({
  complete: { num: 3, den: 4, value: 0.75 },
  states: { done: 3, approved: 1, blocked: 0 },
  outcomes: { merged: 3, open: 1 },
  review_wait: { count: 4, p50_seconds: 5 * 3600, p95_seconds: 3 * DAY },
  merge_wait: { count: 0, p50_seconds: null, p95_seconds: null },
  burn_up: [
    { day: '2026-05-08', scope: 3, complete: 1 },
    { day: '2026-05-09', scope: 4, complete: 2 },
    { day: '2026-05-10', scope: 4, complete: 3 },
  ],
  longest_chain: ['octo/harbor#12', 'octo/harbor#13'],
  review_backlog: [{ reviewer: 'lena', open: 2, over_sla: 1 }],
  private_items: 0,
  ...input,
});

/** The milestone Harbor 3.1 with one task left, nothing unread, nothing waived, no earlier report. */
export const sampleReport = (input: Partial<ReadinessReport> = {}): ReadinessReport => ({
  schema: 'readiness/v1',
  generated_at: AT,
  repository: 'octo/harbor',
  scope: {
    selector: 'milestone:Harbor 3.1',
    title: 'Harbor 3.1',
    base_branch: 'main',
    base_sha: '0123456789abcdef0123456789abcdef01234567',
    hash: 'aaaa1111',
    tasks: 4,
    pull_requests: 4,
  },
  policy: { hash: 'bbbb2222', source: 'defaults' },
  verdict: {
    decision: 'no_go',
    headline: 'No-go: Completion (1)',
    blocking: ['completion'],
    unknown: [],
    not_judged: ['artifacts'],
    conditions: [],
    smallest_fix: { text: '1 finding has to go: merge octo/harbor#43', findings: ['open_task-1a2b3c4d'] },
    expires_at: '2026-05-11T12:00:00Z',
  },
  coverage: [{ source: 'tasks', state: 'ok', missing: null, permission: null }],
  criteria: [
    criterion(),
    criterion({ id: 'base_ci', title: 'Base CI', outcome: 'pass', reason: 'the newest commit passed' }),
    criterion({
      id: 'artifacts',
      title: 'Artifacts',
      weight: 'informing',
      outcome: 'not_applicable',
      measured: null,
      threshold: null,
      reason: 'no artifact field is configured',
    }),
  ],
  findings: [finding()],
  items: [item(12, { title: 'Berth plan', state: 'approved' }), item(13, { title: 'Tide tables', state: 'blocked' })],
  metrics: metrics(),
  waivers: [],
  diff: null,
  truncation: [],
  ...input,
});
