import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { createWebhookSender } from '../../../src/sandbox/webhooks/webhook-sender.ts';
import { at, buildTestWorld, KEY, settingsOf, startTestApp, type TestWorld } from './test-app.ts';

/** Inside node_modules, so that the bundle finds its packages and no tool looks at it. */
const BUNDLE = fileURLToPath(new URL('../../../node_modules/.cache/parasol/app-process.mjs', import.meta.url));

beforeAll(async () => {
  await build({
    entryPoints: [fileURLToPath(new URL('./app-process.ts', import.meta.url))],
    outfile: BUNDLE,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
});

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** The App as `parasol` runs it: its own process, GitHub's pacing. */
async function startProcess({ app }: TestWorld, sandbox: Sandbox): Promise<ChildProcess> {
  const { appId, privateKey, webhookSecret, baseUrl } = settingsOf(app, sandbox, []);
  const env = {
    PATH: process.env.PATH,
    APP_ID: String(appId),
    PRIVATE_KEY: privateKey.replaceAll('\n', '\\n'),
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: baseUrl,
    PORT: '0',
  };
  const child = spawn(process.execPath, [BUNDLE], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  app.webhookUrl = `${String(line).trim()}/api/github/webhooks`;
  return child;
}

/** Two umbrellas, one inside the other, so that one event makes two edits. */
function buildNestedWorld() {
  const built = buildTestWorld({ children: 2 });
  const top = openIssue(built.world, 'kim', { repository: KEY, title: 'The whole year' });
  addSubIssue(built.world, 'kim', { parent: at(top), child: at(built.umbrella) });
  return { ...built, top };
}

/** Every comment of both, the sandbox's address left out: it has another port each time. */
const rollups = ({ umbrella, top }: ReturnType<typeof buildNestedWorld>) =>
  [umbrella, top].map(({ comments }) =>
    comments.map(({ body }) => body.replaceAll(/127\.0\.0\.1:\d+/g, 'github.test')),
  );

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('killed between two writes and started again, the App ends in the same state', async () => {
  const built = buildNestedWorld();
  const undisturbed = buildNestedWorld();
  const witness = await startTestApp(undisturbed);
  for (const child of undisturbed.children) closeIssue(undisturbed.world, 'kim', { item: at(child) });
  await witness.settle();
  await witness.close();

  await (await startTestApp(built)).close();
  const sandbox = await startSandbox({ world: built.world });
  const sender = createWebhookSender({ world: built.world, baseUrl: sandbox.url });
  const child = await startProcess(built, sandbox);
  const second = built.top.comments[0]?.id;
  sandbox.faults.hangNext({
    match: { method: 'PATCH', path: new RegExp(`/comments/${second}$`) },
    ms: 60_000,
    times: 9,
  });
  const before = rollups(built);
  for (const task of built.children) closeIssue(built.world, 'kim', { item: at(task) });
  await until(() => sandbox.requests.writes().length > 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(rollups(built).map((bodies, n) => bodies[0] === before[n]?.[0])).toEqual([false, true]);
  sender.stop();
  await sandbox.close();

  await (await startTestApp(built)).close();
  expect(rollups(built)).toEqual(rollups(undisturbed));
});

test('told to stop, the App writes what it has accepted and ends well', async () => {
  const built = buildTestWorld();
  await (await startTestApp(built)).close();
  const sandbox = await startSandbox({ world: built.world });
  const sender = createWebhookSender({ world: built.world, baseUrl: sandbox.url });
  const child = await startProcess(built, sandbox);
  for (const task of built.children) closeIssue(built.world, 'kim', { item: at(task) });
  await sender.settled();
  expect(sandbox.requests.writes()).toEqual([]);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect({ code, writes: sandbox.requests.writes().map(({ operation }) => operation) }).toEqual({
    code: 0,
    writes: ['issues/update-comment'],
  });
  sender.stop();
  await sandbox.close();
});
