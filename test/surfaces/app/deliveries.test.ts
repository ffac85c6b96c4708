import { afterEach, expect, test } from 'vitest';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { setInstallationPermissions } from '../../../src/sandbox/actions/installations.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { advanceClock } from '../../../src/sandbox/create-world.ts';
import { at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);
const rollup = () => app.ownComments()[0]?.body;

/** A small story on the umbrella; each step at a later second. */
function tellStory({ world, umbrella, children }: TestApp): void {
  const [first = umbrella, second = umbrella, third = umbrella] = children;
  const steps = [
    () => closeIssue(world, 'kim', { item: at(first) }),
    () => closeIssue(world, 'kim', { item: at(second) }),
    () => reopenIssue(world, 'kim', { item: at(first) }),
    () => {
      const child = openIssue(world, 'kim', { repository: KEY, title: 'One more' });
      addSubIssue(world, 'kim', { parent: at(umbrella), child: at(child) });
    },
    () => removeSubIssue(world, 'kim', { parent: at(umbrella), child: at(third) }),
  ];
  for (const step of steps) {
    advanceClock(world, 1);
    step();
  }
}

/** Has the App look at everything again, and says what it wrote. */
async function writesOnSecondLook(): Promise<readonly (string | null)[]> {
  app.sandbox.requests.reset();
  const { installation, world } = app;
  setInstallationPermissions(world, 'kim', { installation: installation.id, permissions: installation.permissions });
  await app.settle();
  return writes();
}

test('planning twice yields no change', async () => {
  app = await startTestApp();
  tellStory(app);
  await app.settle();
  expect(writes().length).toBeGreaterThan(0);
  expect(await writesOnSecondLook()).toEqual([]);
});

test.each([
  ['repeated', (sender: TestApp['sender']) => sender.faults.repeat(20)],
  ['late', (sender: TestApp['sender']) => sender.faults.delay(30)],
  ['reordered', (sender: TestApp['sender']) => sender.faults.reorder(4)],
])('%s deliveries end in the same rollup', async (_title, disturb) => {
  app = await startTestApp();
  disturb(app.sender);
  tellStory(app);
  await app.settle();
  expect(await writesOnSecondLook()).toEqual([]);
  expect(app.log).toEqual([]);
});

test('lost deliveries are made good by the next event on the same umbrella', async () => {
  app = await startTestApp();
  app.sender.faults.lose(4);
  tellStory(app);
  await app.settle();
  expect(await writesOnSecondLook()).toEqual([]);
});

test('lost deliveries are made good when the App starts again', async () => {
  const built = buildTestWorld();
  app = await startTestApp(built);
  app.sender.faults.lose(100);
  tellStory(app);
  await app.settle();
  const before = rollup();
  await app.close();
  app = await startTestApp(built);
  expect(rollup()).not.toBe(before);
  expect(app.ownComments()).toHaveLength(1);
  expect(await writesOnSecondLook()).toEqual([]);
});

test('a stale answer just after an event is read once more before it is believed', async () => {
  app = await startTestApp();
  app.sandbox.faults.staleReads({ forMs: 90 });
  const [child = app.umbrella] = app.children;
  advanceClock(app.world, 60);
  removeSubIssue(app.world, 'kim', { parent: at(app.umbrella), child: at(child) });
  await app.settle();
  app.sandbox.faults.clear();
  expect(rollup()).not.toContain('Task 1');
  expect(writes()).toEqual(['issues/update-comment']);
});

test('an outage of GitHub is waited out', async () => {
  app = await startTestApp();
  app.sandbox.faults.failNext({ status: 502, times: 4 });
  tellStory(app);
  await app.settle();
  expect(await writesOnSecondLook()).toEqual([]);
  expect(app.log).toEqual([]);
});

test('an outage that does not end is logged with the delivery, whose redelivery then counts', async () => {
  app = await startTestApp();
  app.sandbox.faults.failNext({ status: 503, times: 1000 });
  const [child = app.umbrella] = app.children;
  closeIssue(app.world, 'kim', { item: at(child) });
  await app.settle();
  const delivery = app.sender.log.find(({ event }) => event === 'issues');
  expect(app.log).toMatchObject([{ level: 'error', deliveryIds: [delivery?.guid] }]);

  app.sandbox.faults.clear();
  await app.sender.redeliver(delivery?.id ?? 0);
  await app.settle();
  expect(writes()).toEqual(['issues/update-comment']);
});

test('a token that GitHub no longer accepts is replaced', async () => {
  app = await startTestApp();
  for (const token of app.world.tokens.keys()) app.world.tokens.delete(token);
  tellStory(app);
  await app.settle();
  expect(await writesOnSecondLook()).toEqual([]);
  expect(app.log).toEqual([]);
});

test('closing drains: what was accepted is written before the server is gone', async () => {
  app = await startTestApp(buildTestWorld(), { coalesce: { quietMs: 1000, maxWaitMs: 1000 } });
  const [child = app.umbrella] = app.children;
  closeIssue(app.world, 'kim', { item: at(child) });
  await app.sender.settled();
  expect(writes()).toEqual([]);
  await app.server.close();
  expect(writes()).toEqual(['issues/update-comment']);
});
