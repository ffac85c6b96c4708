import { Octokit } from '@octokit/rest';
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
import { readChild, readPullRequest } from './naive-client.ts';

interface Size {
  readonly tasks: number;
  readonly pullRequests: number;
}

const TOKEN = 'kims-token';
const REPOSITORY = 'octo/harbor';

/** How many requests one report takes, and how many asking item by item takes, both counted by the sandbox's log. */
export async function measureRequests(
  size: Size,
): Promise<{ readonly requests: number; readonly naiveRequests: number }> {
  const world = milestoneWorld(size);
  const requests = await countRequests(world, async (apiUrl) => {
    const github = connectWithToken({ token: TOKEN, apiUrl, pace: 'sandbox' });
    const context = { github, now: () => world.now(), defaultRepository: { owner: 'octo', repo: 'harbor' } };
    const { scope } = await readinessReport.run(context, { scope: 'milestone:Harbor 3.1', audience: 'viewer' });
    const isWhole = scope.tasks === size.tasks && scope.pull_requests === size.pullRequests;
    if (!isWhole) throw new Error(`the report holds ${scope.tasks} tasks and ${scope.pull_requests} pull requests`);
  });
  const naiveRequests = await countRequests(world, async (apiUrl) => {
    const found = await readScopeNaively(apiUrl);
    if (found !== size.pullRequests) throw new Error(`the naive client found ${found} pull requests`);
  });
  return { requests, naiveRequests };
}

const LIMITS = {
  corePerHour: { anonymous: 60, user: 1_000_000, installation: 1_000_000 },
  restPointsPerMinute: 1_000_000,
};

/** Each client gets a server of its own, so that none meets connections that were left open. */
async function countRequests(world: World, ask: (apiUrl: string) => Promise<void>): Promise<number> {
  const sandbox = await startSandbox({ world, limits: LIMITS });
  try {
    await ask(sandbox.apiUrl);
    return sandbox.requests.entries.length;
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
