import { afterEach, describe, expect, test } from 'vitest';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { GITHUB_LIMITS, type Limits } from '../../../src/sandbox/http/limits.ts';
import { type Running, runSmallWorld, send } from './small-world.ts';

const ISSUES = '/repos/harbor/port/issues';
const LIMIT_NAMES = ['limit', 'remaining', 'used', 'reset', 'resource'] as const;
const START = new Date('2026-11-22T12:00:00Z');
const RESET = String(START.getTime() / 1000 + 3600);

let running: Running;
let time: Date;

async function start(limits: Partial<Limits> = {}): Promise<void> {
  time = START;
  running = await runSmallWorld({ limits, clock: () => time });
  openIssue(running.world, 'kim', { repository: 'harbor/port', title: 'Quay' });
}

afterEach(() => running.sandbox.close());

const read = (token = 'kim-token', headers: Record<string, string> = {}) =>
  send(running.sandbox, ISSUES, { token, headers });
const write = (title: string) =>
  send(running.sandbox, ISSUES, { method: 'POST', token: 'kim-token', body: JSON.stringify({ title }) });
const query = (text: string) =>
  send(running.sandbox, '/graphql', { method: 'POST', token: 'kim-token', body: JSON.stringify({ query: text }) });
const budgetIn = (headers: Headers) => LIMIT_NAMES.map((name) => headers.get(`x-ratelimit-${name}`));

describe('the hourly budget', () => {
  test('shows in the headers of every answer, each person having their own', async () => {
    await start();
    await read();
    expect(budgetIn((await read()).headers)).toEqual(['5000', '4998', '2', RESET, 'core']);
    expect(budgetIn((await read('ravi-token')).headers)).toEqual(['5000', '4999', '1', RESET, 'core']);
    const { headers } = await send(running.sandbox, ISSUES);
    expect(budgetIn(headers)).toEqual(['60', '59', '1', RESET, 'core']);
  });

  test('refuses when it is used up, and is fresh an hour later', async () => {
    await start({ corePerHour: { anonymous: 1, user: 2, installation: 2 } });
    await read();
    await read();
    const { status, headers } = await read();
    expect([status, budgetIn(headers)]).toEqual([403, ['2', '0', '2', RESET, 'core']]);
    time = new Date(START.getTime() + 3_600_001);
    expect((await read()).status).toBe(200);
  });

  test('counts GraphQL in points, apart from REST', async () => {
    await start({ graphqlPointsPerHour: { user: 2, installation: 2 } });
    await read();
    const first = await query('{ viewer { login } }');
    await query('{ viewer { login } }');
    const third = await query('{ viewer { login } }');
    expect([budgetIn(first.headers), third.body]).toEqual([
      ['2', '1', '1', RESET, 'graphql'],
      { errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded for user kim.' }] },
    ]);
  });

  test('is asked for without cost', async () => {
    await start();
    await read();
    const core = { limit: 5000, used: 1, remaining: 4999, reset: Number(RESET), resource: 'core' };
    const fresh = { limit: 5000, used: 0, remaining: 5000, reset: Number(RESET), resource: 'graphql' };
    const search = { limit: 30, used: 0, remaining: 30, reset: START.getTime() / 1000 + 60, resource: 'search' };
    const ask = () => send(running.sandbox, '/rate_limit', { token: 'kim-token' });
    const expected = { resources: { core, graphql: fresh, search }, rate: core };
    expect([(await ask()).body, (await ask()).body]).toEqual([expected, expected]);
  });

  test('is not touched by bad credentials', async () => {
    await start();
    const { status, body, headers } = await read('nobody');
    expect([status, body, headers.get('x-ratelimit-limit')]).toEqual([
      401,
      { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
      null,
    ]);
  });
});

describe('conditional requests', () => {
  test('answer 304 without a body and without cost while nothing changed', async () => {
    await start();
    const first = await read();
    const etag = first.headers.get('etag') ?? '';
    const second = await read('kim-token', { 'if-none-match': etag });
    expect([second.status, second.body, budgetIn(second.headers)]).toEqual([
      304,
      null,
      ['5000', '4999', '1', RESET, 'core'],
    ]);
    expect(running.sandbox.requests.entries.map(({ status, points }) => [status, points])).toEqual([
      [200, 1],
      [304, 0],
    ]);
    await write('Tide');
    expect((await read('kim-token', { 'if-none-match': etag })).status).toBe(200);
  });
});

describe('secondary limits', () => {
  const refused = {
    message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
  };

  test('content is created only so often a minute and an hour', async () => {
    await start({ contentPerMinute: 2, contentPerHour: 3 });
    const statuses: number[] = [];
    for (const title of ['a', 'b', 'c']) statuses.push((await write(title)).status);
    time = new Date(START.getTime() + 61_000);
    statuses.push((await write('d')).status);
    const last = await write('e');
    expect([statuses, last.status, last.headers.get('retry-after'), last.body]).toEqual([
      [201, 201, 403, 201],
      403,
      '3600',
      expect.objectContaining(refused),
    ]);
    expect((await read()).status).toBe(200);
  });

  test('a read weighs one point and a write five', async () => {
    await start({ restPointsPerMinute: 7 });
    const statuses = [(await write('a')).status, (await read()).status, (await read()).status, (await read()).status];
    expect(statuses).toEqual([201, 200, 200, 403]);
  });

  test('only so many requests run at once', async () => {
    await start({ concurrentRequests: 2 });
    running.sandbox.faults.hangNext({ ms: 100, times: 2 });
    const hanging = [read(), read()];
    await new Promise((resolve) => setTimeout(resolve, 30));
    const third = await read();
    const first = await Promise.all(hanging);
    expect([third.status, ...first.map(({ status }) => status), (await read()).status]).toEqual([403, 200, 200, 200]);
  });

  test("GitHub's own figures are at hand", async () => {
    await start(GITHUB_LIMITS);
    const statuses = new Set<number>();
    for (let count = 0; count < 81; count += 1) statuses.add((await write(`issue ${count}`)).status);
    expect([running.port.issues.size, [...statuses]]).toEqual([81, [201, 403]]);
  });
});
