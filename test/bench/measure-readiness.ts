import { Octokit } from '@octokit/rest';
import { DEFAULT_CONFIG } from '../../src/core/config.ts';
import { buildReport } from '../../src/core/readiness/build-report.ts';
import type { ReadinessFacts, RunFacts } from '../../src/core/readiness/readiness-facts.ts';
import { known } from '../../src/core/reading.ts';
import type { PullRequestFacts, TaskFacts } from '../../src/core/task/facts.ts';
import { refKey } from '../../src/core/task/identity.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { readinessReport } from '../../src/operations/readiness-report.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import {
  addCollaborator,
  addMilestone,
  addRepository,
  addUserToken,
  createWorld,
} from '../../src/sandbox/create-world.ts';
import { startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { World } from '../../src/sandbox/world.ts';
import { blockerFacts, closedBy, NOW, pullRequestFacts, ref, shaOf, taskFacts } from '../core/build-facts.ts';
import { readChild, readPullRequest } from './naive-client.ts';

interface Size {
  readonly tasks: number;
  readonly pullRequests: number;
}

const REPEATS = 7;

/** What building a report takes in memory: the median of several, each on facts that nothing was worked out from before. */
export function measureReport(size: Size): number {
  const times = Array.from({ length: REPEATS }, () => {
    const facts = manyFacts(size);
    const from = performance.now();
    buildReport(facts, DEFAULT_CONFIG, { audience: 'umbrella_readers', policySource: 'defaults' });
    return performance.now() - from;
  });
  return times.sort((a, b) => a - b)[Math.floor(REPEATS / 2)] ?? Number.NaN;
}

/** A third of the tasks have a pull request, two of three of those are merged; every fifth waits for the one before. */
function manyFacts({ tasks: count, pullRequests: pulls }: Size): ReadinessFacts {
  const tasks = Array.from({ length: count }, (_, n) => taskOf(n + 1, { count, pulls }));
  const pullRequests = Array.from({ length: pulls }, (_, n) => pullRequestOf(n + 1, count));
  const run: RunFacts = {
    ...{ name: 'test', workflow: 'ci', conclusion: 'success', attempt: 1, earlier: [] },
    ...{ isRequired: true, isOwn: false, completedAt: NOW, url: null },
  };
  const newest = { sha: shaOf(1), subject: 'Merge', committedAt: NOW, url: 'https://github.com/octo/harbor/commit/1' };
  const [taskMap, pullMap] = [byKey(tasks), byKey(pullRequests)];
  return {
    now: NOW,
    scope: {
      ...{ repository: { owner: 'octo', repo: 'harbor' }, selector: 'milestone:3.1', kind: 'milestone', title: '3.1' },
      ...{ baseBranch: 'main', baseSha: newest.sha },
    },
    work: {
      ...{ readAt: NOW, tasks: taskMap, pullRequests: pullMap, baseCommits: new Map(), gaps: [] },
      ...{ configText: null, ownerConfigText: null },
    },
    tasks: new Set(taskMap.keys()),
    pullRequests: new Set(pullMap.keys()),
    baseCommits: known([{ ...newest, runs: known([run]) }]),
    scopedAt: new Map(),
    waivers: known([]),
    coverage: [],
  };
}

const byKey = <Item extends TaskFacts | PullRequestFacts>(items: readonly Item[]): ReadonlyMap<string, Item> =>
  new Map(items.map((item) => [refKey(item.ref), item]));

function taskOf(number: number, { count, pulls }: { readonly count: number; readonly pulls: number }): TaskFacts {
  const hasPull = number <= pulls;
  const isClosed = hasPull ? number % 3 !== 0 : number % 2 === 0;
  return taskFacts({
    number,
    title: `P1.M1.T${number} Build part ${number}`,
    ...(isClosed ? { closedAt: '2026-05-09T09:00:00Z' } : {}),
    ...(hasPull ? closedBy(count + number) : {}),
    ...(number % 5 === 0 ? { blockers: known([blockerFacts(number - 1)]) } : {}),
    assignees: number % 4 === 0 ? ['noor'] : [],
  });
}

function pullRequestOf(number: number, count: number): PullRequestFacts {
  const own = { ref: ref(count + number), title: `Part ${number}`, body: `Closes #${number}` };
  if (number % 3 !== 0)
    return pullRequestFacts({ ...own, mergedAt: '2026-05-09T09:00:00Z', mergeCommitSha: shaOf(number) });
  return pullRequestFacts({ ...own, reviewRequests: known(number % 2 === 0 ? ['lena'] : []) });
}

const TOKEN = 'kims-token';
const REPOSITORY = 'octo/harbor';

/** How many requests one report takes, and how many asking item by item takes, both counted by the sandbox's log. */
export async function measureRequests(
  size: Size,
): Promise<{ readonly requests: number; readonly naiveRequests: number }> {
  const world = milestoneWorld(size);
  const limits = {
    corePerHour: { anonymous: 60, user: 1_000_000, installation: 1_000_000 },
    restPointsPerMinute: 1_000_000,
  };
  const sandbox = await startSandbox({ world, limits });
  try {
    const github = connectWithToken({ token: TOKEN, apiUrl: sandbox.apiUrl, pace: 'sandbox' });
    const context = { github, now: () => world.now(), defaultRepository: { owner: 'octo', repo: 'harbor' } };
    const { scope } = await readinessReport.run(context, { scope: 'milestone:Harbor 3.1', audience: 'viewer' });
    const isWhole = scope.tasks === size.tasks && scope.pull_requests === size.pullRequests;
    if (!isWhole) throw new Error(`the report holds ${scope.tasks} tasks and ${scope.pull_requests} pull requests`);
    const requests = sandbox.requests.entries.length;
    const found = await readScopeNaively(sandbox.apiUrl);
    if (found !== size.pullRequests) throw new Error(`the naive client found ${found} pull requests`);
    return { requests, naiveRequests: sandbox.requests.entries.length - requests };
  } finally {
    await sandbox.close();
  }
}

function milestoneWorld({ tasks, pullRequests }: Size): World {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const repository = addRepository(world, { owner: 'octo', name: 'harbor' });
  for (const login of ['kim', 'ravi']) addCollaborator(world, repository, login, 'write');
  addUserToken(world, { token: TOKEN, login: 'kim' });
  const { number: milestone } = addMilestone(world, repository, { title: 'Harbor 3.1' });
  for (let n = 1; n <= tasks; n += 1) {
    openIssue(world, 'kim', { repository: REPOSITORY, title: `P1.M1.T${n} Build part ${n}`, milestone });
  }
  for (let n = 1; n <= pullRequests; n += 1) {
    const item = { repository: REPOSITORY, number: tasks + n };
    openPullRequest(world, 'ravi', {
      repository: REPOSITORY,
      title: `Part ${n}`,
      body: `Closes #${n}`,
      branch: `part-${n}`,
    });
    if (n % 3 !== 0) mergePullRequest(world, 'kim', { item, method: 'squash' });
  }
  for (let n = pullRequests + 1; n <= tasks; n += 2) {
    closeIssue(world, 'kim', { item: { repository: REPOSITORY, number: n }, reason: 'not_planned' });
  }
  return world;
}

/** The milestone's issues in pages, then each of them and each of their pull requests on its own; how many of the latter. */
async function readScopeNaively(apiUrl: string): Promise<number> {
  const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const octokit = new Octokit({ baseUrl: apiUrl, auth: TOKEN, log });
  const place = { owner: 'octo', repo: 'harbor' };
  const asked = { ...place, milestone: '1', state: 'all', per_page: 100 } as const;
  const issues = await octokit.paginate(octokit.rest.issues.listForRepo, asked);
  const pullRequests = new Set<string>();
  for (const issue of issues) {
    for (const key of (await readChild(octokit, issue)).pullRequests) pullRequests.add(key);
  }
  for (const key of pullRequests) await readPullRequest(octokit, key);
  return pullRequests.size;
}
