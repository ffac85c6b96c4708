import { afterEach, describe, expect, test } from 'vitest';
import { READINESS_MARKER } from '../../../src/core/marker.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, deleteComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushToDefaultBranch } from '../../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../../src/sandbox/actions/report-checks.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

const COMMENT = 'version: 1\nreadiness: { mode: comment }\n';

let app: TestApp;
afterEach(() => app.close());

const clock = createManualClock();
const start = async (config = COMMENT) => {
  app = await startTestApp(buildTestWorld({ children: 2, config }), { clock });
};
const pinned = () =>
  app
    .ownComments()
    .map(({ body }) => body)
    .filter((body) => body.startsWith(READINESS_MARKER));
const headOfMain = () => app.repository.branches.get('main') ?? '';
const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);

describe('the pinned report', () => {
  test('stands on the umbrella as soon as the App starts, and names its base and the end of its verdict', async () => {
    await start();
    expect(pinned()).toEqual([expect.stringContaining('✗ No-go: Completion (2)')]);
    expect(pinned()[0]).toContain(`main at ${headOfMain().slice(0, 7)}`);
    expect(pinned()[0]).toContain('<!-- until 2026-03-03T09:00:00Z -->');
    expect(app.log).toEqual([]);
  });

  test.each(['version: 1\n', 'version: 1\nreadiness: { mode: off }\n'])(
    'stands nowhere with the configuration %j',
    async (config) => {
      await start(config);
      expect(pinned()).toEqual([]);
    },
  );

  test('stands where rollups are off', async () => {
    await start(`${COMMENT}rollup: { mode: off }\n`);
    expect(app.ownComments()).toHaveLength(1);
    expect(pinned()).toHaveLength(1);
  });

  test('is edited in place when a task is done', async () => {
    await start();
    const [child = app.umbrella] = app.children;
    openPullRequest(app.world, 'kim', { repository: KEY, title: 'Work', body: 'Closes #2', branch: 'work' });
    mergePullRequest(app.world, 'kim', { item: { repository: KEY, number: child.number + 2 } });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('✗ No-go: Completion (1)')]);
  });

  test('is not written when nothing but ages and times is another', async () => {
    await start();
    advanceClock(app.world, 3 * 3_600);
    editIssue(app.world, 'kim', { item: at(app.umbrella), body: 'Look here' });
    await app.settle();
    expect(app.sandbox.requests.entries.map(({ operation }) => operation)).toContain('BaseRuns');
    expect(writes()).toEqual([]);
  });

  test('is made anew when the base moves', async () => {
    await start();
    const before = headOfMain().slice(0, 7);
    pushToDefaultBranch(app.world, 'kim', { repository: KEY, commits: ['Fix a leak'] });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining(`main at ${headOfMain().slice(0, 7)}`)]);
    expect(pinned().join()).not.toContain(`main at ${before}`);
  });

  test('is made anew when a check of the base ends', async () => {
    await start();
    reportCheckRun(app.world, 'kim', { repository: KEY, sha: headOfMain(), name: 'unit', conclusion: 'failure' });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('Base CI (1)')]);
  });

  test('is made anew when a waiver is written, and when that is deleted', async () => {
    await start();
    const said = createComment(app.world, 'kim', {
      item: at(app.umbrella),
      body: '/parasol waive completion until 2026-03-20: later',
    });
    await app.settle();
    expect(pinned().join()).not.toContain('No-go');
    deleteComment(app.world, 'kim', { comment: said.id });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('✗ No-go: Completion (2)')]);
  });

  test('is made anew when its time is up, and not before', async () => {
    await start();
    advanceClock(app.world, 23 * 3_600);
    await clock.advance(60_000);
    await app.settle();
    expect(app.sandbox.requests.entries).toEqual([]);
    advanceClock(app.world, 3_600);
    await clock.advance(60_000);
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('<!-- until 2026-03-04T09:00:00Z -->')]);
  });

  test('says that nobody can tell once the last child is gone, and begins again with the next', async () => {
    await start();
    for (const child of app.children) removeSubIssue(app.world, 'kim', { parent: at(app.umbrella), child: at(child) });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('? Unknown: the umbrella has no tasks')]);
    const [child = app.umbrella] = app.children;
    addSubIssue(app.world, 'kim', { parent: at(app.umbrella), child: at(child) });
    await app.settle();
    expect(pinned()).toEqual([expect.stringContaining('✗ No-go: Completion (1)')]);
  });

  test('that somebody deleted stands again', async () => {
    await start();
    const [own] = app.ownComments().filter(({ body }) => body.startsWith(READINESS_MARKER));
    deleteComment(app.world, 'kim', { comment: own?.id ?? 0 });
    await app.settle();
    expect(pinned()).toHaveLength(1);
  });

  test('is the comment that the command answers with', async () => {
    await start();
    createComment(app.world, 'kim', { item: at(app.umbrella), body: '/parasol readiness' });
    await app.settle();
    expect(pinned()).toHaveLength(1);
  });

  test('of a burst of events is written once', async () => {
    await start();
    for (const child of app.children) closeIssue(app.world, 'kim', { item: at(child), reason: 'not_planned' });
    await app.settle();
    expect(writes().filter((operation) => operation === 'issues/update-comment')).toHaveLength(2);
    expect(pinned()).toEqual([expect.stringContaining('? Unknown: everything in the scope was dropped')]);
  });
});
