import { afterEach, expect, test } from 'vitest';
import { assign } from '../../../src/sandbox/actions/assign.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { deleteComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { setInstallationPermissions } from '../../../src/sandbox/actions/installations.ts';
import { label } from '../../../src/sandbox/actions/label.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { addRepository, advanceClock } from '../../../src/sandbox/create-world.ts';
import type { ItemKey } from '../../../src/sandbox/world.ts';
import { startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import { at, buildTestWorld, KEY, settingsOf, startTestApp, type TestApp } from './test-app.ts';

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

/** Every sandbox has a port of its own. */
const withoutPlace = (text = ''): string => text.replaceAll(/127\.0\.0\.1:\d+/g, 'github');

/** What it says in the end, and how many deliveries it takes. */
async function tellUndisturbed() {
  app = await startTestApp();
  tellStory(app);
  await app.settle();
  const deliveries = app.sender.log.filter(({ event }) => event !== 'issue_comment').length;
  const text = withoutPlace(rollup());
  await app.close();
  return { text, deliveries };
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
  const undisturbed = await tellUndisturbed();
  app = await startTestApp();
  disturb(app.sender);
  tellStory(app);
  await app.settle();
  expect(withoutPlace(rollup())).toBe(undisturbed.text);
  expect(await writesOnSecondLook()).toEqual([]);
  expect(app.log).toEqual([]);
});

test('lost deliveries are made good by the next event on the same umbrella', async () => {
  const undisturbed = await tellUndisturbed();
  app = await startTestApp();
  app.sender.faults.lose(undisturbed.deliveries);
  tellStory(app);
  await app.settle();
  expect(withoutPlace(rollup())).not.toBe(undisturbed.text);

  label(app.world, 'kim', { item: at(app.children[1] ?? app.umbrella), labels: ['anything'] });
  await app.settle();
  expect(withoutPlace(rollup())).toBe(undisturbed.text);
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
  app = await startTestApp(buildTestWorld(), { coalesce: { quietMs: 50, maxWaitMs: 200 } });
  app.sandbox.faults.staleReads({ forMs: 90 });
  const [child = app.umbrella] = app.children;
  advanceClock(app.world, 60);
  removeSubIssue(app.world, 'kim', { parent: at(app.umbrella), child: at(child) });
  await app.settle();
  app.sandbox.faults.clear();
  expect(rollup()).not.toContain('Task 1');
  expect(writes()).toEqual(['issues/update-comment']);
});

test.each([
  [
    'a close that GitHub shows much later',
    (item: ItemKey) => closeIssue(app.world, 'kim', { item }),
    '1 of 3 complete',
  ],
  ['a new title', (item: ItemKey) => editIssue(app.world, 'kim', { item, title: 'Renamed' }), 'Renamed'],
  ['an assignee', (item: ItemKey) => assign(app.world, 'kim', { item, assignees: ['kim'] }), '1 in progress'],
])('%s is read again until it shows', async (_title, change, shown) => {
  app = await startTestApp();
  app.sandbox.faults.staleReads({ forMs: 500 });
  advanceClock(app.world, 60);
  change(at(app.children[0] ?? app.umbrella));
  await app.settle();
  app.sandbox.faults.clear();
  expect(rollup()).toContain(shown);
  expect(app.log).toEqual([]);
});

test('a deleted comment is made anew, although GitHub still shows it', async () => {
  app = await startTestApp();
  app.sandbox.faults.staleReads({ forMs: 500 });
  deleteComment(app.world, 'kim', { comment: app.ownComments()[0]?.id ?? 0 });
  await app.settle();
  app.sandbox.faults.clear();
  expect(app.ownComments()).toHaveLength(1);
});

test('what stays contradicted is given up with a word in the log', async () => {
  app = await startTestApp();
  app.sandbox.faults.staleReads({ forMs: 60_000 });
  closeIssue(app.world, 'kim', { item: at(app.children[0] ?? app.umbrella) });
  await app.settle();
  app.sandbox.faults.clear();
  expect(app.log).toMatchObject([{ level: 'warn', message: 'GitHub still contradicts an event about octo/harbor#1' }]);
});

test('requests that hang hold up nothing for long', async () => {
  app = await startTestApp(buildTestWorld(), { requestTimeoutMs: 300 });
  app.sandbox.faults.hangNext({ match: { operation: 'issues/update-comment' }, ms: 100_000, times: 2 });
  closeIssue(app.world, 'kim', { item: at(app.children[0] ?? app.umbrella) });
  await app.settle();
  expect(rollup()).toContain('1 of 3 complete');
});

test('one repository that fails keeps no other from being made good when the App starts', async () => {
  const built = buildTestWorld();
  addRepository(built.world, { owner: 'octo', name: 'broken', files: { '.github/parasol.yml': 'version: 1\n' } });
  app = await startTestApp(built);
  app.sender.faults.lose(100);
  tellStory(app);
  await app.settle();
  const before = rollup();
  app.sandbox.faults.failNext({ status: 502, times: 1000, match: { path: '/repos/octo/broken/issues' } });
  const second = await startAppServer({ ...settingsOf(app.app, app.sandbox, app.log), now: () => app.world.now() });
  await second.idle();
  await second.close();
  expect(rollup()).not.toBe(before);
  expect(app.log).toMatchObject([
    { level: 'error', message: 'could not find the umbrellas that repository octo/broken concerns' },
  ]);
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
