import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { removeReviewRequest } from '../../../src/sandbox/actions/request-review.ts';
import { addAccount, addCollaborator } from '../../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { createWebhookSender } from '../../../src/sandbox/webhooks/webhook-sender.ts';
import { describeOnPostgresql } from '../../store/on-both-stores.ts';
import { at, buildTestWorld, KEY, settingsOf, type TestWorld } from './test-app.ts';

/** Inside node_modules, so that the bundle finds its packages and no tool looks at it. */
const BUNDLE = fileURLToPath(new URL('../../../node_modules/.cache/parasol/app-on-store.mjs', import.meta.url));
const REQUESTS = 200;
const CAP = 5;
/** Just enough of them, so that the cap never gives way. */
const PEOPLE = Array.from({ length: REQUESTS / CAP }, (_, index) => `reviewer${index}`);

beforeAll(() =>
  build({
    entryPoints: [fileURLToPath(new URL('./app-on-store.ts', import.meta.url))],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  }),
);

const children: ChildProcess[] = [];
const servers: Server[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of servers.splice(0)) server.close();
});

async function startProcess({ app, world }: TestWorld, sandbox: Sandbox, databaseUrl: string) {
  const { appId, privateKey, webhookSecret, baseUrl } = settingsOf(app, sandbox, []);
  const env = {
    PATH: process.env.PATH,
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: baseUrl,
    DATABASE_URL: databaseUrl,
    NOW: world.now(),
  };
  const child = spawn(process.execPath, [BUNDLE], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, url: String(line).trim() };
}

/** Every delivery goes to all of these. */
async function startFork(urls: readonly string[]): Promise<string> {
  const server = createServer(async (request, response) => {
    const body = await textOf(request);
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    for (const name of ['host', 'connection', 'content-length']) headers.delete(name);
    const answers = await Promise.all(urls.map((url) => fetch(url, { method: 'POST', headers, body })));
    response.writeHead(Math.max(...answers.map(({ status }) => status))).end();
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

describeOnPostgresql('two processes of the App', (url) => {
  test('ask for two hundred reviews at once: nobody over the cap, nothing twice, and a removal wins', async () => {
    const built = buildTestWorld({
      config: `reviewers: { mode: assign, capacity: ${CAP}, pool: [${PEOPLE.join(', ')}] }\n`,
      children: 0,
    });
    for (const login of PEOPLE) {
      addAccount(built.world, { login });
      addCollaborator(built.world, built.repository, login, 'write');
    }
    const sandbox = await startSandbox({ world: built.world });
    const sender = createWebhookSender({ world: built.world, baseUrl: sandbox.url });
    const started = [await startProcess(built, sandbox, url()), await startProcess(built, sandbox, url())];
    built.app.webhookUrl = await startFork(started.map((one) => one.url));

    const pulls = Array.from({ length: REQUESTS }, (_, index) =>
      openPullRequest(built.world, 'kim', { repository: KEY, title: `Work ${index}`, branch: `work-${index}` }),
    );
    // As soon as GitHub shows one of these, kim takes it back.
    const unwanted = pulls.filter((_, index) => index % 10 === 0);
    const everAsked = new Map<number, Set<string>>();
    const taken = new Set<number>();
    while (everAsked.size < REQUESTS) {
      for (const { number, reviewRequests } of pulls) {
        for (const { login } of reviewRequests)
          everAsked.set(number, (everAsked.get(number) ?? new Set()).add(login ?? ''));
      }
      for (const pull of unwanted) {
        const [request] = pull.reviewRequests;
        if (request === undefined || request.login === null || taken.has(pull.number)) continue;
        taken.add(pull.number);
        removeReviewRequest(built.world, 'kim', { item: at(pull), reviewers: [request.login] });
      }
      await pause(5);
    }
    await sender.settled();
    for (const { child } of started) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }

    const perPerson = PEOPLE.map(
      (person) => pulls.filter(({ reviewRequests }) => reviewRequests.some(({ login }) => login === person)).length,
    );
    expect(perPerson.filter((count) => count > CAP)).toEqual([]);
    expect([...everAsked.values()].filter((logins) => logins.size > 1)).toEqual([]);
    expect(unwanted.flatMap(({ reviewRequests }) => reviewRequests)).toEqual([]);
    expect(pulls.filter(({ reviewRequests }) => reviewRequests.length === 1)).toHaveLength(REQUESTS - unwanted.length);
    sender.stop();
    await sandbox.close();
  }, 300_000);
});
