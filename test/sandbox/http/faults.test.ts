import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { type Running, runSmallWorld, send } from './small-world.ts';

const ISSUES = '/api/v3/repos/harbor/port/issues';
const ONE = { repository: 'harbor/port', number: 1 };
const TITLES = 'query Titles { repository(owner: "harbor", name: "port") { issue(number: 1) { title } } }';

let running: Running;
let time: Date;

beforeEach(async () => {
  time = new Date('2026-11-22T12:00:00Z');
  running = await runSmallWorld({ clock: () => time });
  openIssue(running.world, 'kim', { repository: 'harbor/port', title: 'Quay' });
});

afterEach(() => running.sandbox.close());

const ask = (path: string, options: { method?: string; body?: string } = {}) =>
  send(running.sandbox, path, { token: 'kim-token', ...options });
const query = (text: string) =>
  ask('/api/graphql', { method: 'POST', body: JSON.stringify({ query: text, variables: {} }) });
const statusesOf = async (...paths: readonly string[]) => {
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await ask(path)).status);
  return statuses;
};

describe('failNext', () => {
  test('fails the next request, whatever it is, and then no more', async () => {
    running.sandbox.faults.failNext({ status: 502 });
    expect(await statusesOf(ISSUES, ISSUES)).toEqual([502, 200]);
  });

  test('fails as often as asked, and only what it matches', async () => {
    running.sandbox.faults.failNext({ match: { operation: 'issues/list-for-repo' }, status: 503, times: 2 });
    expect(await statusesOf(ISSUES, `${ISSUES}/1`, ISSUES, ISSUES)).toEqual([503, 200, 503, 200]);
  });

  test('matches a path without prefix and query, a pattern, and a method', async () => {
    running.sandbox.faults.failNext({ match: { path: '/repos/harbor/port/issues' } });
    running.sandbox.faults.failNext({ match: { path: /issues\/\d+$/ } });
    running.sandbox.faults.failNext({ match: { method: 'post' } });
    expect(await statusesOf(`${ISSUES}?state=all`, '/repos/harbor/port/issues/1', ISSUES)).toEqual([500, 500, 200]);
    expect((await ask(ISSUES, { method: 'POST', body: '{"title":"x"}' })).status).toBe(500);
  });

  test('does nothing of the work it fails', async () => {
    running.sandbox.faults.failNext({ match: { operation: 'issues/create' } });
    await ask(ISSUES, { method: 'POST', body: '{"title":"Tide"}' });
    expect(running.port.issues.size).toBe(1);
  });

  test('fails a GraphQL call by the name of its operation', async () => {
    running.sandbox.faults.failNext({ match: { operation: 'Titles' }, status: 502 });
    expect([(await query(TITLES)).status, (await query(TITLES)).status]).toEqual([502, 200]);
  });
});

describe('a connection', () => {
  test('is cut before the work', async () => {
    running.sandbox.faults.dropConnection({ match: { method: 'POST' } });
    await expect(ask(ISSUES, { method: 'POST', body: '{"title":"Tide"}' })).rejects.toThrow();
    expect([running.port.issues.size, running.sandbox.requests.entries.map(({ status }) => status)]).toEqual([1, [0]]);
  });

  test('is cut after the work, so that the client cannot know', async () => {
    running.sandbox.faults.dropConnection({ afterWrite: true });
    await expect(ask(ISSUES, { method: 'POST', body: '{"title":"Tide"}' })).rejects.toThrow();
    expect([...running.port.issues.values()].map(({ title }) => title)).toEqual(['Quay', 'Tide']);
  });

  test('hangs for a while and then answers', async () => {
    running.sandbox.faults.hangNext({ ms: 80 });
    const before = performance.now();
    const { status } = await ask(ISSUES);
    expect([status, performance.now() - before >= 75]).toEqual([200, true]);
  });

  test('given up while it hangs does no work', async () => {
    running.sandbox.faults.hangNext({ ms: 3_600_000 });
    const url = `${running.sandbox.url}/repos/harbor/port/issues`;
    const headers = { authorization: 'token kim-token' };
    const asked = fetch(url, { method: 'POST', headers, body: '{"title":"Tide"}', signal: AbortSignal.timeout(40) });
    await expect(asked).rejects.toThrow();
    await running.sandbox.requests.idle();
    expect([running.port.issues.size, running.sandbox.requests.entries.map(({ status }) => status)]).toEqual([1, [0]]);
  });

  test('left hanging ends when the sandbox closes', async () => {
    running.sandbox.faults.hangNext({ ms: 3_600_000 });
    const asked = ask(ISSUES).catch(() => 'cut');
    await new Promise((resolve) => setTimeout(resolve, 30));
    await running.sandbox.close();
    expect(await asked).toBe('cut');
    running = await runSmallWorld();
  });
});

describe('limits on demand', () => {
  test('the primary limit refuses REST with 403 and GraphQL with an error of its own type', async () => {
    running.sandbox.faults.primaryLimit({ resetInSeconds: 90 });
    const rest = await ask(ISSUES);
    const reset = String(time.getTime() / 1000 + 90);
    expect([
      rest.status,
      rest.body,
      rest.headers.get('x-ratelimit-remaining'),
      rest.headers.get('x-ratelimit-reset'),
    ]).toEqual([
      403,
      {
        message: 'API rate limit exceeded for user kim.',
        documentation_url: 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api',
        status: '403',
      },
      '0',
      reset,
    ]);
    const graphql = await query(TITLES);
    expect([graphql.status, graphql.body]).toEqual([
      200,
      { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for user kim.' }] },
    ]);
    time = new Date(time.getTime() + 91_000);
    expect(await statusesOf(ISSUES)).toEqual([200]);
  });

  test('the secondary limit names the seconds to wait', async () => {
    running.sandbox.faults.secondaryLimit({ retryAfterSeconds: 7, times: 2 });
    const { status, headers, body } = await ask(ISSUES);
    expect([status, headers.get('retry-after'), body]).toEqual([
      403,
      '7',
      {
        message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        documentation_url:
          'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits',
        status: '403',
      },
    ]);
    expect(await statusesOf(ISSUES, ISSUES)).toEqual([403, 200]);
  });
});

describe('stale reads', () => {
  const retitle = (title: string) => editIssue(running.world, 'kim', { item: ONE, title });
  const titlesSeen = async () => {
    const rest = await ask(`${ISSUES}/1`);
    const graphql = await query(TITLES);
    return [rest.body, graphql.body];
  };
  const titled = (title: string) => [
    expect.objectContaining({ title }),
    { data: { repository: { issue: { title } } } },
  ];

  test('show the state before an event for a while, to REST and GraphQL alike', async () => {
    running.sandbox.faults.staleReads({ forMs: 5000 });
    expect(await titlesSeen()).toEqual(titled('Quay'));
    retitle('Pier');
    expect(await titlesSeen()).toEqual(titled('Quay'));
    time = new Date(time.getTime() + 5001);
    expect(await titlesSeen()).toEqual(titled('Pier'));
  });

  test('show every event in its own time', async () => {
    running.sandbox.faults.staleReads({ forMs: 5000 });
    retitle('Pier');
    await titlesSeen();
    time = new Date(time.getTime() + 3000);
    retitle('Jetty');
    expect(await titlesSeen()).toEqual(titled('Quay'));
    time = new Date(time.getTime() + 2001);
    expect(await titlesSeen()).toEqual(titled('Pier'));
    time = new Date(time.getTime() + 3000);
    expect(await titlesSeen()).toEqual(titled('Jetty'));
  });

  test('never concern writes, whose answers are fresh', async () => {
    running.sandbox.faults.staleReads({ forMs: 5000 });
    const { body } = await ask(`${ISSUES}/1`, { method: 'PATCH', body: '{"title":"Pier"}' });
    expect(body).toMatchObject({ title: 'Pier' });
    expect(await titlesSeen()).toEqual(titled('Quay'));
  });

  test('end when the faults are cleared', async () => {
    running.sandbox.faults.staleReads({ forMs: 5000 });
    retitle('Pier');
    running.sandbox.faults.clear();
    expect(await titlesSeen()).toEqual(titled('Pier'));
  });
});

describe('GraphQL time-outs', () => {
  const children = (first: number) =>
    query(
      `query Children { repository(owner: "harbor", name: "port") { issues(first: ${first}) { nodes { title } } } }`,
    );

  test('meet queries that ask for too many nodes, until the client halves its pages', async () => {
    running.sandbox.faults.graphqlTimeoutWhenNodesOver(50);
    const [whole, half] = [await children(100), await children(50)];
    expect([whole.status, whole.body]).toEqual([
      502,
      { data: null, errors: [{ message: expect.stringContaining('This may be the result of a timeout') }] },
    ]);
    expect([half.status, half.body]).toEqual([
      200,
      { data: { repository: { issues: { nodes: [{ title: 'Quay' }] } } } },
    ]);
  });
});

test('clear takes back what was not used up', async () => {
  running.sandbox.faults.failNext({ times: 5 });
  running.sandbox.faults.primaryLimit({ resetInSeconds: 60 });
  running.sandbox.faults.graphqlTimeoutWhenNodesOver(0);
  running.sandbox.faults.clear();
  expect([await statusesOf(ISSUES), (await query(TITLES)).status]).toEqual([[200], 200]);
});
