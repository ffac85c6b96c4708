import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import type { RequestEntry } from '../../../src/sandbox/http/request-log.ts';
import { startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { makeSmallWorld, type Running, runSmallWorld, send, signAppToken } from './small-world.ts';

let running: Running;

beforeEach(async () => {
  running = await runSmallWorld({ deliverWebhooks: true });
  openIssue(running.world, 'kim', { repository: 'harbor/port', title: 'Quay' });
});

afterEach(() => running.sandbox.close());

const ask = (path: string, options: { method?: string; body?: string; token?: string } = {}) =>
  send(running.sandbox, path, { token: 'kim-token', ...options });
const entry = (fields: Partial<RequestEntry>): RequestEntry => ({
  method: 'GET',
  path: '/',
  operation: null,
  status: 200,
  points: 1,
  nodes: 0,
  isWrite: false,
  unmodelled: false,
  login: 'kim',
  ...fields,
});

describe('addresses', () => {
  test('REST answers at the root and under /api/v3, GraphQL under both of its paths', async () => {
    const body = JSON.stringify({ query: '{ viewer { login } }' });
    const answers = await Promise.all([
      ask('/repos/harbor/port/issues/1'),
      ask('/api/v3/repos/harbor/port/issues/1'),
      ask('/graphql', { method: 'POST', body }),
      ask('/api/graphql', { method: 'POST', body }),
    ]);
    const [root, prefixed, graphql, prefixedGraphql] = answers.map((one) => one.body);
    expect(root).toMatchObject({ title: 'Quay', url: `${running.sandbox.apiUrl}/repos/harbor/port/issues/1` });
    expect(prefixed).toEqual(root);
    expect([graphql, prefixedGraphql]).toEqual([
      { data: { viewer: { login: 'kim' } } },
      { data: { viewer: { login: 'kim' } } },
    ]);
  });

  test('two sandboxes share nothing', async () => {
    const other = await startSandbox({ world: makeSmallWorld().world });
    const { status } = await send(other, '/repos/harbor/port/issues/1', { token: 'kim-token' });
    await other.close();
    expect([status, other.url === running.sandbox.url]).toEqual([404, false]);
  });

  test('names and refs may be encoded', async () => {
    const label = await ask('/repos/harbor/port/labels/lane%3Aapi');
    const head = await ask('/repos/harbor/port/git/ref/heads%2Fmain');
    expect([label.body, head.body]).toEqual([
      expect.objectContaining({ name: 'lane:api' }),
      expect.objectContaining({ ref: 'refs/heads/main' }),
    ]);
  });
});

describe('bodies', () => {
  test.each([
    ['that is no JSON', '{"title":', 'Problems parsing JSON'],
    ['that is no object', '["title"]', 'Body should be a JSON object'],
  ])('one %s is a bad request', async (_, body, message) => {
    const answer = await ask('/repos/harbor/port/issues', { method: 'POST', body });
    const graphql = await ask('/graphql', { method: 'POST', body });
    expect([answer.status, answer.body, graphql.status]).toEqual([400, expect.objectContaining({ message }), 400]);
  });

  test('one that is too large is refused unread', async () => {
    const body = JSON.stringify({ title: 'x'.repeat(26 * 1024 * 1024) });
    const { status } = await ask('/repos/harbor/port/issues', { method: 'POST', body });
    expect([status, running.port.issues.size]).toEqual([413, 1]);
  });

  test.each([
    ['a missing text', {}, 'Invalid request.\n\n"title" wasn\'t supplied.'],
    ['a number for a text', { title: 5 }, "Invalid request.\n\nFor 'properties/title', 5 is not a string."],
    ['null for a text', { title: null }, "Invalid request.\n\nFor 'properties/title', nil is not a string."],
    [
      'a text for a list',
      { title: 'x', labels: 'y' },
      'Invalid request.\n\nFor \'properties/labels\', "y" is not an array.',
    ],
    [
      'a list of the wrong things',
      { title: 'x', labels: [5] },
      "Invalid request.\n\nFor 'properties/labels/items', 5 is not a string.",
    ],
    [
      'a text for a number',
      { title: 'x', milestone: 'v1' },
      'Invalid request.\n\nFor \'properties/milestone\', "v1" is not an integer.',
    ],
  ])('%s is named in a 422', async (_, body, message) => {
    const answer = await ask('/repos/harbor/port/issues', { method: 'POST', body: JSON.stringify(body) });
    expect(answer.body).toEqual({ message, documentation_url: 'https://docs.github.com/rest', status: '422' });
  });

  test('one that the world refuses carries the reason as GitHub words it', async () => {
    const { status, body } = await ask('/repos/harbor/port/issues', { method: 'POST', body: '{"title":" "}' });
    expect([status, body]).toEqual([
      422,
      {
        message: 'Validation Failed',
        errors: [{ resource: 'Issue', code: 'missing_field', field: 'title' }],
        documentation_url: 'https://docs.github.com/rest',
        status: '422',
      },
    ]);
  });
});

describe('GraphQL over HTTP', () => {
  test('needs credentials and a query', async () => {
    const anonymous = await send(running.sandbox, '/graphql', {
      method: 'POST',
      body: '{"query":"{ viewer { login } }"}',
    });
    const empty = await ask('/graphql', { method: 'POST', body: '{}' });
    expect([anonymous.status, empty.status]).toEqual([401, 400]);
  });

  test('answers a query that does not parse as GitHub does, with status 200', async () => {
    const { status, body } = await ask('/graphql', { method: 'POST', body: '{"query":"{ viewer {"}' });
    expect([status, body]).toEqual([200, { errors: [expect.objectContaining({ message: expect.any(String) })] }]);
  });
});

describe('the request log', () => {
  test('names the operation of every request, what it weighed and who sent it', async () => {
    await ask('/repos/harbor/port/issues?state=all');
    await ask('/repos/harbor/port/issues/1/comments', { method: 'POST', body: '{"body":"hi"}' });
    const text = 'query Names { repository(owner: "harbor", name: "port") { issues(first: 10) { nodes { title } } } }';
    await ask('/graphql', { method: 'POST', body: JSON.stringify({ query: text }) });
    await ask('/repos/harbor/port/issues', { token: 'nobody' });
    expect(running.sandbox.requests.entries).toEqual([
      entry({ path: '/repos/harbor/port/issues?state=all', operation: 'issues/list-for-repo' }),
      entry({
        method: 'POST',
        path: '/repos/harbor/port/issues/1/comments',
        operation: 'issues/create-comment',
        status: 201,
        points: 5,
        isWrite: true,
      }),
      entry({ method: 'POST', path: '/graphql', operation: 'Names', points: 1, nodes: 10 }),
      entry({ path: '/repos/harbor/port/issues', operation: 'issues/list-for-repo', status: 401, login: null }),
    ]);
  });

  test('tells writes from the rest: mutations are, issuing a token is not', async () => {
    const { id } = running.installation;
    const jwt = await signAppToken(running.app);
    await ask(`/app/installations/${id}/access_tokens`, { method: 'POST', token: jwt, body: '{}' });
    const subject = running.port.issues.get(1)?.nodeId;
    const query = `mutation Say { addComment(input: { subjectId: "${subject}", body: "hi" }) { clientMutationId } }`;
    await ask('/graphql', { method: 'POST', body: JSON.stringify({ query }) });
    await ask('/repos/harbor/port/issues/1', { method: 'PATCH', body: '{"state":"closed"}' });
    expect(running.sandbox.requests.writes().map(({ operation, status }) => [operation, status])).toEqual([
      ['Say', 200],
      ['issues/update', 200],
    ]);
  });

  test('lists what the sandbox has no route for', async () => {
    const { status, body } = await ask('/repos/harbor/port/deployments');
    expect([status, body, running.sandbox.requests.unmodelled()]).toEqual([
      501,
      {
        message: 'not modelled: GET /repos/harbor/port/deployments',
        documentation_url: 'https://docs.github.com/rest',
        status: '501',
      },
      [entry({ path: '/repos/harbor/port/deployments', status: 501, unmodelled: true })],
    ]);
  });

  test('forgets with reset, also what is still under way', async () => {
    await ask('/repos/harbor/port/issues');
    running.sandbox.faults.hangNext({ ms: 60 });
    const slow = ask('/repos/harbor/port/issues/1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    running.sandbox.requests.reset();
    await slow;
    await ask('/rate_limit');
    await running.sandbox.requests.idle();
    expect(running.sandbox.requests.entries.map(({ path }) => path)).toEqual(['/rate_limit']);
  });
});

describe('webhooks', () => {
  test('are left to others unless asked for', async () => {
    const silent = await runSmallWorld();
    const app = silent.as(await signAppToken(silent.app));
    const { data } = await app.rest.apps.listWebhookDeliveries();
    await silent.sandbox.close();
    expect([silent.sandbox.webhooks, silent.world.listeners.size, data]).toEqual([null, 0, []]);
  });

  test('go out for what happens over HTTP, are listed, and sent again on demand', async () => {
    const guids: unknown[] = [];
    const hook = createServer((request, response) => {
      guids.push(request.headers['x-github-delivery']);
      request.resume();
      response.end();
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const address = hook.address();
    running.app.webhookUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;

    await ask('/repos/harbor/port/issues', { method: 'POST', body: '{"title":"Tide"}' });
    await running.sandbox.webhooks?.settled();
    const app = running.as(await signAppToken(running.app));
    const { data } = await app.rest.apps.listWebhookDeliveries();
    await app.rest.apps.redeliverWebhookDelivery({ delivery_id: data[0]?.id ?? 0 });
    await running.sandbox.webhooks?.settled();
    const again = await app.rest.apps.listWebhookDeliveries({ per_page: 1 });
    const failed = await app.request('GET /app/hook/deliveries', { status: 'failure' });
    await new Promise((resolve) => hook.close(resolve));

    const shown = { event: 'issues', action: 'opened', status: 'OK', status_code: 200, redelivery: false };
    expect(data).toEqual([expect.objectContaining(shown)]);
    expect(again.data).toEqual([expect.objectContaining({ ...shown, redelivery: true, guid: data[0]?.guid })]);
    expect(again.headers.link).toContain(`cursor=${again.data[0]?.id}`);
    expect([guids, failed.data]).toEqual([[data[0]?.guid, data[0]?.guid], []]);
  });
});
