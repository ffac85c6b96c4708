import { type Config, parseConfig } from '../../../src/core/config.ts';
import { buildReport } from '../../../src/core/readiness/build-report.ts';
import type { ReadinessView } from '../../../src/core/readiness/criterion.ts';
import type {
  BaseCommit,
  ReadinessFacts,
  ReadinessScope,
  RequiredChecks,
  RunFacts,
  WaiverFacts,
} from '../../../src/core/readiness/readiness-facts.ts';
import type { ReadinessReport } from '../../../src/core/readiness/report-schema.ts';
import { viewOf as viewWith } from '../../../src/core/readiness/view-of.ts';
import { known } from '../../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../../src/core/task/facts.ts';
import { refKey } from '../../../src/core/task/identity.ts';
import type { WorkSnapshot } from '../../../src/core/umbrella/snapshot.ts';
import { MADE, NOW, ref, shaOf, snapshot } from '../build-facts.ts';

export const BASE_SHA = shaOf(900);

const SCOPE: ReadinessScope = {
  repository: { owner: 'octo', repo: 'harbor' },
  selector: 'milestone:Harbor 3.1',
  kind: 'milestone',
  title: 'Harbor 3.1',
  baseBranch: 'main',
  baseSha: BASE_SHA,
};

interface WorldInput extends Partial<Omit<ReadinessFacts, 'work' | 'scope' | 'tasks' | 'pullRequests'>> {
  readonly tasks?: readonly TaskFacts[];
  readonly pullRequests?: readonly PullRequestFacts[];
  /** Read, but in no scope. */
  readonly outside?: readonly (TaskFacts | PullRequestFacts)[];
  readonly scope?: Partial<ReadinessScope>;
  readonly work?: Partial<WorkSnapshot>;
}

/** A milestone of octo/harbor whose base is green; everything given is in scope, since it was made. */
export function world(input: WorldInput = {}): ReadinessFacts {
  const { tasks = [], pullRequests = [], outside = [], scope = {}, work = {}, ...rest } = input;
  const isTask = (item: TaskFacts | PullRequestFacts): item is TaskFacts => 'labels' in item;
  const others = { tasks: outside.filter(isTask), pullRequests: outside.filter((one) => !isTask(one)) };
  const read = snapshot(
    [...tasks, ...others.tasks],
    [...pullRequests, ...others.pullRequests].flatMap((one) => ('headSha' in one ? [one] : [])),
  );
  return {
    now: NOW,
    scope: { ...SCOPE, ...scope },
    work: { ...read, ...work },
    tasks: new Set(tasks.map((task) => refKey(task.ref))),
    pullRequests: new Set(pullRequests.map((pullRequest) => refKey(pullRequest.ref))),
    baseCommits: known([baseCommit()]),
    requiredChecks: required(),
    scopedAt: new Map(tasks.map((task) => [refKey(task.ref), task.createdAt])),
    waivers: known([]),
    coverage: [],
    ...rest,
  };
}

/** The newest commit of main, on which `test` passed. */
export function baseCommit(input: Partial<BaseCommit> = {}): BaseCommit {
  const { sha = BASE_SHA } = input;
  return {
    sha,
    subject: 'Raise the quay',
    committedAt: '2026-05-09T09:00:00Z',
    url: `https://github.com/octo/harbor/commit/${sha}`,
    runs: known([run()]),
    hasParent: false,
    ...input,
  };
}

export const run = (input: Partial<RunFacts> = {}): RunFacts => ({
  name: 'test',
  workflow: 'CI',
  conclusion: 'success',
  attempt: 1,
  earlier: [],
  isOwn: false,
  completedAt: '2026-05-09T09:10:00Z',
  url: 'https://github.com/octo/harbor/actions/runs/77/job/1',
  ...input,
});

/** What GitHub requires of what merges into main. */
export const required = (...names: readonly string[]): RequiredChecks => ({ names, gaps: [] });

/** Of lena, who may, for everything of #2 until June. */
export const waiver = (input: Partial<WaiverFacts> = {}): WaiverFacts => ({
  by: 'lena',
  isAuthorised: true,
  writtenAt: MADE,
  reason: 'ships with the next one',
  item: ref(2),
  criterion: null,
  until: '2026-06-01T00:00:00Z',
  sha: null,
  url: 'https://github.com/octo/harbor/issues/2#issuecomment-5',
  ...input,
});

export const configured = (text: string): Config => parseConfig({ text, ownerText: null }).config;

const DEFAULTS = configured('version: 1');

export const viewOf = (facts: ReadinessFacts, config: Config = DEFAULTS): ReadinessView => viewWith(facts, config);

export const reportFor = (
  facts: ReadinessFacts,
  options: Partial<Parameters<typeof buildReport>[2]> & { readonly config?: Config } = {},
): ReadinessReport => {
  const { config = DEFAULTS, ...rest } = options;
  return buildReport(facts, config, { audience: 'viewer', policySource: 'defaults', ...rest });
};
