import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { askFirst } from '../../action/ask-first.ts';
import { type Environment, firstQuestionOf } from '../../action/first-question.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { CONFIG_QUERY } from '../../src/github/queries/config-queries.ts';

const PLACE = { owner: 'octo', repo: 'harbor' };
const environment = (more: Environment): Environment => ({
  GITHUB_REPOSITORY: 'octo/harbor',
  'INPUT_GITHUB-TOKEN': 'kims-token',
  ...more,
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What the client sends to a GitHub that is not there. */
async function sentBy(ask: (client: ReturnType<typeof connectWithToken>) => Promise<unknown>) {
  const sent: unknown[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    sent.push({ method: init?.method, url: String(input), ...(init?.body == null ? {} : { body: init.body }) });
    return Response.json({ data: {} });
  };
  await ask(connectWithToken({ token: 'kims-token', pace: 'sandbox', fetch }));
  return sent;
}

test('the first question is what the client asks later, to the letter', async () => {
  const ofConfig = ['', 'readiness', 'risk', 'today', 'backfill'].map((command) =>
    firstQuestionOf(environment({ INPUT_COMMAND: command })),
  );
  const [config] = await sentBy((client) => client.graphql(CONFIG_QUERY, PLACE));
  expect(ofConfig).toEqual(ofConfig.map(() => config));
  const ofIssue = ['rollup', 'drift'].map((command) =>
    firstQuestionOf(environment({ INPUT_COMMAND: command, INPUT_UMBRELLA: ' #12 ' })),
  );
  const [issue] = await sentBy((client) => client.rest.issues.get({ ...PLACE, issue_number: 12 }));
  expect(ofIssue).toEqual(ofIssue.map(() => issue));
});

test('where the runner names no address of GraphQL, that of the server is meant', () => {
  const asked = ['https://api.github.com', 'https://api.octo.ghe.com/', 'https://octo.example/api/v3', ''].map((url) =>
    firstQuestionOf(environment({ GITHUB_API_URL: url, GITHUB_GRAPHQL_URL: '' })),
  );
  expect(asked.map((question) => question?.url)).toEqual([
    'https://api.github.com/graphql',
    'https://api.octo.ghe.com/graphql',
    'https://octo.example/api/graphql',
    'https://api.github.com/graphql',
  ]);
});

test('it is sent with the token, and its answer kept as it came, be it good or bad', async () => {
  const seen: unknown[] = [];
  const url = await serve(({ method, url: path, headers: { authorization, 'user-agent': agent } }, response) => {
    seen.push([method, path, authorization, agent]);
    response.writeHead(403, { 'x-ratelimit-remaining': '0' }).end('no more');
  });
  const first = await askFirst(environment({ GITHUB_API_URL: `${url}/api/v3`, GITHUB_GRAPHQL_URL: `${url}/graphql` }));
  const answer = await first?.answer;
  expect([answer?.status, answer?.body.toString()]).toEqual([403, 'no more']);
  expect(answer?.headers).toContainEqual(['x-ratelimit-remaining', '0']);
  expect(seen).toEqual([['POST', '/graphql', 'bearer kims-token', 'parasol']]);
});

test('a redirection, a connection that breaks and a server that is not there give no answer', async () => {
  const moved = await serve((_, response) => response.writeHead(301, { location: '/elsewhere' }).end());
  const broken = await serve((_, response) =>
    response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy()),
  );
  for (const url of [moved, broken, 'http://127.0.0.1:9']) {
    const first = await askFirst(environment({ GITHUB_API_URL: url }));
    expect(await first?.answer).toBeNull();
  }
});

test('nothing is asked without a token, a repository or a number, through a proxy, or at what is no address', async () => {
  const cases: readonly Environment[] = [
    { 'INPUT_GITHUB-TOKEN': '' },
    { GITHUB_REPOSITORY: 'harbor' },
    { INPUT_COMMAND: 'rollup', INPUT_UMBRELLA: 'P1.M1' },
    { https_proxy: 'http://127.0.0.1:9' },
    { GITHUB_API_URL: 'harbor' },
    { GITHUB_API_URL: 'ftp://harbor' },
  ];
  expect(await Promise.all(cases.map((one) => askFirst(environment(one))))).toEqual(cases.map(() => null));
});
