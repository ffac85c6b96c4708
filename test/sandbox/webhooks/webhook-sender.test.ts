import { verify } from '@octokit/webhooks-methods';
import { afterEach, expect, test } from 'vitest';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createWebhookSender, type WebhookSender } from '../../../src/sandbox/webhooks/webhook-sender.ts';
import { makeSampleWorld, type SampleWorld } from '../sample-world.ts';
import { type HookServer, type Received, startHook } from './hook-server.ts';

interface Wired extends SampleWorld {
  readonly hook: HookServer;
  readonly sender: WebhookSender;
}

const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function wire(answer?: (received: Received) => number | 'never'): Promise<Wired> {
  const sample = makeSampleWorld();
  const hook = await startHook(answer);
  sample.app.webhookUrl = hook.url;
  const sender = createWebhookSender({ world: sample.world, baseUrl: 'http://127.0.0.1:1' });
  cleanups.push(
    () => sender.stop(),
    () => hook.close(),
  );
  return { ...sample, hook, sender };
}

const titles = ({ received }: HookServer) => received.map(({ body }) => JSON.parse(body).issue.title);

test('deliveries are signed with the secret and carry the headers of GitHub', async () => {
  const { hook, sender, issue } = await wire();
  issue('One');
  await sender.settled();
  const [first] = hook.received;
  expect(first).toMatchObject({ event: 'issues', userAgent: expect.stringMatching(/^GitHub-Hookshot\//) });
  expect(first?.guid).toMatch(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(await verify('secret', first?.body ?? '', first?.signature ?? '')).toBe(true);
});

test('without a secret there is no signature', async () => {
  const { hook, sender, issue, app } = await wire();
  app.webhookSecret = '';
  issue('One');
  await sender.settled();
  expect(hook.received.map(({ signature }) => signature)).toEqual(['']);
});

test('deliveries arrive in the order in which things happened, each as it was then', async () => {
  const { hook, sender, issue, world } = await wire();
  const item = issue('One');
  closeIssue(world, 'kim', { item });
  issue('Two');
  await sender.settled();
  expect(hook.received.map(({ body }) => [JSON.parse(body).action, JSON.parse(body).issue.state])).toEqual([
    ['opened', 'open'],
    ['closed', 'closed'],
    ['opened', 'open'],
  ]);
});

test('the log holds every attempt, and a failed one can be sent again byte for byte', async () => {
  const { hook, sender, issue } = await wire((one) => (one.body.includes('Bad') ? 500 : 202));
  issue('Bad');
  issue('Good');
  await sender.settled();
  const [failed] = sender.log;
  expect(await sender.redeliver(failed?.id ?? 0)).toBe(true);
  expect(await sender.redeliver(1)).toBe(false);
  expect(sender.log.map(({ event, action, status, redelivery }) => [event, action, status, redelivery])).toEqual([
    ['issues', 'opened', 500, false],
    ['issues', 'opened', 202, false],
    ['issues', 'opened', 500, true],
  ]);
  expect(hook.received[2]).toEqual(hook.received[0]);
});

test('a lost delivery never arrives, is in the log with status 0 and arrives when redelivered', async () => {
  const { hook, sender, issue } = await wire();
  sender.faults.lose(1);
  issue('Lost');
  issue('Kept');
  await sender.settled();
  expect([titles(hook), sender.log.map(({ status }) => status)]).toEqual([['Kept'], [0, 200]]);
  await sender.redeliver(sender.log[0]?.id ?? 0);
  expect(titles(hook)).toEqual(['Kept', 'Lost']);
});

test('a repeated delivery arrives twice under one guid', async () => {
  const { hook, sender, issue } = await wire();
  sender.faults.repeat(1);
  issue('Twice');
  issue('Once');
  await sender.settled();
  expect([titles(hook), new Set(hook.received.map(({ guid }) => guid)).size]).toEqual([['Twice', 'Twice', 'Once'], 2]);
});

test('reordered deliveries arrive last one first within each window, and settling sends an unfilled one', async () => {
  const { hook, sender, issue } = await wire();
  sender.faults.reorder(3);
  for (const title of ['1', '2', '3', '4', '5']) issue(title);
  await sender.settled();
  expect(titles(hook)).toEqual(['3', '2', '1', '5', '4']);
});

test('ending the reordering sends what is held back', async () => {
  const { hook, sender, issue } = await wire();
  sender.faults.reorder(3);
  issue('1');
  sender.faults.reorder(1);
  issue('2');
  await sender.settled();
  expect(titles(hook)).toEqual(['1', '2']);
});

test('a late delivery arrives after the delay', async () => {
  const { hook, sender, issue } = await wire();
  sender.faults.delay(60);
  const start = performance.now();
  issue('Late');
  await sender.settled();
  expect([titles(hook), performance.now() - start >= 55]).toEqual([['Late'], true]);
});

test('nothing is sent to an App without an address, nor after stopping', async () => {
  const { hook, sender, issue, app } = await wire();
  app.webhookUrl = null;
  issue('Nowhere to go');
  app.webhookUrl = hook.url;
  sender.stop();
  issue('Stopped');
  await sender.settled();
  expect([hook.received, sender.log]).toEqual([[], []]);
});

test('an address where nobody listens counts as not delivered', async () => {
  const { hook, sender, issue } = await wire();
  await hook.close();
  issue('Unheard');
  await sender.settled();
  expect(sender.log.map(({ status }) => status)).toEqual([0]);
});

test('the same story gives the same guids', async () => {
  const runs = await Promise.all([wire(), wire()]);
  for (const { issue, sender } of runs) {
    issue('One');
    await sender.settled();
  }
  const [first, second] = runs.map(({ hook }) => hook.received.map(({ guid }) => guid));
  expect([first?.length, second]).toEqual([1, first]);
});
