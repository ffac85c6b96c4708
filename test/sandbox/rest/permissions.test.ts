import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { issueInstallationToken } from '../../../src/sandbox/access/issue-token.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { createRelease } from '../../../src/sandbox/actions/release.ts';
import { reportCheckRun } from '../../../src/sandbox/actions/report-checks.ts';
import { beginAttempt, startWorkflowRun } from '../../../src/sandbox/actions/run-workflow.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addMilestone } from '../../../src/sandbox/create-world.ts';
import { REST_ROUTES } from '../../../src/sandbox/rest/rest-routes.ts';
import type { RepositoryNeed, RestRoute } from '../../../src/sandbox/rest/route.ts';
import type { Permissions } from '../../../src/sandbox/world.ts';
import { EVERYTHING, type Running, runSmallWorld, send } from '../http/small-world.ts';

const HIDDEN = { message: 'Not Found', documentation_url: 'https://docs.github.com/rest', status: '404' };
const FOR_REPOSITORY = REST_ROUTES.flatMap((route) =>
  route.needs.by === 'repository' ? [{ ...route, needs: route.needs }] : [],
);
type Line = (typeof FOR_REPOSITORY)[number];
const WRITES = FOR_REPOSITORY.filter(({ method }) => method !== 'GET');
const READS = FOR_REPOSITORY.filter(({ method, needs }) => method === 'GET' && !needs.permissions.includes('metadata'));
const title = ({ method, path }: RestRoute) => [`${method} ${path}`] as const;

let running: Running;
let ids: { readonly comment: number; readonly review: number; readonly run: number; readonly workflowRun: number };

beforeAll(async () => {
  running = await runSmallWorld({ limits: { corePerHour: { anonymous: 5000, user: 5000, installation: 5000 } } });
  const { world } = running;
  openIssue(world, 'kim', { repository: 'harbor/port', title: 'Quay' });
  const { headSha: sha } = openPullRequest(world, 'kim', {
    repository: 'harbor/port',
    title: 'Crane',
    branch: 'crane',
  });
  const onPull = { repository: 'harbor/port', number: 2 };
  ids = {
    comment: createComment(world, 'kim', { item: onPull, body: 'hello' }).id,
    review: submitReview(world, 'ravi', { item: onPull, state: 'commented', body: 'fine' }).id,
    run: reportCheckRun(world, 'kim', { repository: 'harbor/port', sha, name: 'test', app: 'parasol' }).id,
    workflowRun: startRun(sha),
  };
  openIssue(world, 'kim', { repository: 'harbor/vault', title: 'Secret' });
  const parent = { repository: 'harbor/vault', number: 1 };
  addSubIssue(world, 'kim', { parent, child: { repository: 'harbor/port', number: 1 } });
  addMilestone(world, running.port, { title: 'v1' });
  createRelease(world, 'kim', { repository: 'harbor/port', tag: 'v1' });
});

function startRun(headSha: string): number {
  const of = { repository: 'harbor/port', workflow: 'CI', event: 'push', headBranch: 'crane', headSha };
  const run = startWorkflowRun(running.world, 'kim', of);
  beginAttempt(running.world, 'kim', { repository: of.repository, run, jobs: { test: 'queued' } });
  return run.id;
}

afterAll(() => running.sandbox.close());

/** What the issues API takes either permission for is asked of pull request 2, the rest of issue 1. */
function addressOf({ path, needs }: Line, repo = 'port'): string {
  const values: Readonly<Record<string, string>> = {
    owner: 'harbor',
    repo,
    issue_number: needs.permissions.includes('pull_requests') ? '2' : '1',
    pull_number: '2',
    comment_id: String(ids.comment),
    review_id: String(ids.review),
    check_run_id: String(ids.run),
    run_id: String(ids.workflowRun),
    tag: 'v1',
    ref: 'heads/main',
    branch: 'main',
    basehead: 'main...main',
    path: 'README.md',
    username: 'ravi',
    assignee: 'ravi',
    name: 'lane:api',
  };
  return path.replace(/:(\w+)(\{[^}]*\})?/g, (_, name: string) => encodeURIComponent(values[name] ?? '1'));
}

function tokenWith(permissions: Permissions): string {
  running.installation.permissions = permissions;
  return issueInstallationToken(running.world, { installation: running.installation, now: new Date() }).token;
}

function without(needs: RepositoryNeed): Permissions {
  return Object.fromEntries(Object.entries(EVERYTHING).filter(([name]) => !needs.permissions.includes(name)));
}

describe('an App that was granted too little', () => {
  test.each(WRITES.map((route) => [...title(route), route] as const))('may not %s', async (_, route) => {
    const { method, needs } = route;
    const answer = await send(running.sandbox, addressOf(route), {
      method,
      token: tokenWith(without(needs)),
      body: '{}',
    });
    expect(answer.body).toEqual({
      message: 'Resource not accessible by integration',
      documentation_url: 'https://docs.github.com/rest',
      status: '403',
    });
    const accepted = needs.permissions.map((name) => `${name}=write`).join('; ');
    expect([answer.status, answer.headers.get('x-accepted-github-permissions')]).toEqual([403, accepted]);
  });

  test.each(WRITES.map((route) => [...title(route), route] as const))('may not %s with read', async (_, route) => {
    const { method, needs } = route;
    const readOnly = Object.fromEntries(needs.permissions.map((name) => [name, 'read'] as const));
    const answer = await send(running.sandbox, addressOf(route), { method, token: tokenWith(readOnly), body: '{}' });
    expect(answer.status).toBe(403);
  });

  test.each(READS.map((route) => [...title(route), route] as const))('may not %s either', async (_, route) => {
    const answer = await send(running.sandbox, addressOf(route), { token: tokenWith(without(route.needs)) });
    expect(answer.status).toBe(403);
  });
});

describe('an App that was granted just enough', () => {
  const cases = FOR_REPOSITORY.filter(({ method }) => method !== 'DELETE').flatMap((route) =>
    route.needs.permissions.map((permission) => [...title(route), permission, route] as const),
  );
  test.each(cases)('gets through to %s with %s', async (_, permission, route) => {
    const { method, needs, operation } = route;
    const token = tokenWith({ [permission]: needs.access });
    const body = method === 'GET' ? {} : { body: '{}' };
    const answer = await send(running.sandbox, addressOf(route), { method, token, ...body });
    expect(running.sandbox.requests.entries.at(-1)?.operation).toBe(operation);
    // Not being merged is a 404, too.
    const isThere = operation === 'pulls/check-if-merged' ? [] : [404];
    expect([401, 403, 500, 501, ...isThere]).not.toContain(answer.status);
  });
});

describe('the issues API', () => {
  test('takes either permission on a pull request, but only that for issues on an issue', async () => {
    const { world } = running;
    const onIssue = createComment(world, 'kim', { item: { repository: 'harbor/port', number: 1 }, body: 'hello' }).id;
    const token = tokenWith({ pull_requests: 'write' });
    const issues = '/repos/harbor/port/issues';
    const write = async (method: string, path: string) => {
      const { status, headers } = await send(running.sandbox, issues + path, { method, token, body: '{"body":"hi"}' });
      return [status, headers.get('x-accepted-github-permissions')];
    };
    expect([
      await write('POST', '/2/comments'),
      await write('POST', '/1/comments'),
      await write('PATCH', `/comments/${ids.comment}`),
      await write('PATCH', `/comments/${onIssue}`),
    ]).toEqual([
      [201, null],
      [403, 'issues=write'],
      [200, null],
      [403, 'issues=write'],
    ]);
  });
});

describe('what is hidden answers 404 like what does not exist', () => {
  test.each(FOR_REPOSITORY.map((route) => [...title(route), route] as const))('%s', async (_, route) => {
    const { method } = route;
    const body = method === 'GET' ? {} : { body: '{}' };
    const address = addressOf(route, 'vault');
    const answers = await Promise.all([
      send(running.sandbox, address, { method, token: 'noor-token', ...body }),
      send(running.sandbox, address, { method, ...body }),
      send(running.sandbox, addressOf(route, 'nowhere'), { method, token: 'kim-token', ...body }),
    ]);
    expect(answers.map((one) => one.body)).toEqual([HIDDEN, HIDDEN, HIDDEN]);
  });
});

describe('people', () => {
  test.each([
    ['opens issues and comments', 'noor', 'POST', '/repos/harbor/port/issues', { title: 'Tide' }, 201],
    ['comments', 'noor', 'POST', '/repos/harbor/port/issues/1/comments', { body: 'hi' }, 201],
    ['does not label', 'noor', 'POST', '/repos/harbor/port/issues/1/labels', { labels: ['x'] }, 403],
    [
      'does not close an issue of someone else',
      'noor',
      'PATCH',
      '/repos/harbor/port/issues/1',
      { state: 'closed' },
      403,
    ],
    ['closes an issue of their own', 'noor', 'PATCH', '/repos/harbor/port/issues/3', { state: 'closed' }, 200],
    ['labels with triage', 'ravi', 'POST', '/repos/harbor/port/issues/1/labels', { labels: ['lane:api'] }, 200],
    ['does not create labels with triage', 'ravi', 'POST', '/repos/harbor/port/labels', { name: 'new' }, 403],
    ['does not merge with triage', 'ravi', 'PUT', '/repos/harbor/port/pulls/2/merge', {}, 403],
    ['does not report checks, whatever the role', 'kim', 'POST', '/repos/harbor/port/check-runs', {}, 403],
    ['does not use the routes of installations', 'kim', 'GET', '/installation/repositories', null, 403],
    ['does not use the routes of Apps', 'kim', 'GET', '/app', null, 401],
  ])('a person %s', async (_, login, method, path, body, status) => {
    const sent = body === null ? {} : { body: JSON.stringify(body) };
    const answer = await send(running.sandbox, path, { method, token: `${login}-token`, ...sent });
    expect(answer.status).toBe(status);
  });

  test('without a token reads public things and writes nothing', async () => {
    const reading = await send(running.sandbox, '/repos/harbor/port/issues');
    const writing = await send(running.sandbox, '/repos/harbor/port/issues', { method: 'POST', body: '{"title":"x"}' });
    expect([reading.status, writing.status, writing.body]).toEqual([
      200,
      401,
      { message: 'Requires authentication', documentation_url: 'https://docs.github.com/rest', status: '401' },
    ]);
  });

  test('an author without triage gets an issue, but not the labels, assignees and milestone they asked for', async () => {
    const issue = await running.as('noor-token').rest.issues.create({
      owner: 'harbor',
      repo: 'port',
      title: 'Buoy',
      labels: ['lane:api'],
      assignees: ['kim'],
    });
    expect([issue.data.labels, issue.data.assignees]).toEqual([[], []]);
  });

  test('a narrow personal token is refused in its own words', async () => {
    const { world } = running;
    world.tokens.set('narrow', {
      kind: 'user',
      login: 'kim',
      installationId: null,
      permissions: { issues: 'read' },
      expiresAt: null,
    });
    const answer = await send(running.sandbox, '/repos/harbor/port/issues', {
      method: 'POST',
      token: 'narrow',
      body: '{"title":"x"}',
    });
    expect(answer.body).toMatchObject({ message: 'Resource not accessible by personal access token', status: '403' });
  });
});
