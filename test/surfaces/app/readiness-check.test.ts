import { afterEach, describe, expect, test } from 'vitest';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { announcePush } from '../../../src/sandbox/actions/closing-references.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, pushToDefaultBranch, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../../src/sandbox/actions/report-checks.ts';
import { advanceClock } from '../../../src/sandbox/clock.ts';
import { createManualClock } from './manual-clock.ts';
import { at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const clock = createManualClock();
const configOf = (mode: string, rest = '') => `version: 1\nreadiness: { mode: ${mode}${rest} }\n`;
const start = async (config: string, children = 0) => {
  app = await startTestApp(buildTestWorld({ children, config }), { clock });
};
/** A release branch into which one pull request was merged, and its head. */
function release(body = ''): string {
  push('release/3.1', 'Freeze');
  const pull = openPullRequest(app.world, 'kim', {
    ...{ repository: KEY, title: 'Fix a leak', body, branch: 'fix', base: 'release/3.1' },
  });
  advanceClock(app.world, 60);
  mergePullRequest(app.world, 'kim', { item: at(pull) });
  return app.repository.branches.get('release/3.1') ?? '';
}
const escaped = (text: string) => text.replace(/[()]/g, '\\$&');
const push = (branch: string, message: string) =>
  pushCommits(app.world, 'kim', { repository: KEY, branch, commits: [message] });
const checksOf = (sha: string) =>
  (app.repository.commits.get(sha)?.checkRuns ?? [])
    .filter(({ app: slug }) => slug === 'parasol')
    .map(({ name, conclusion, output }) => ({ name, conclusion, title: output?.title }));
const summaryOf = (sha: string) =>
  app.repository.commits.get(sha)?.checkRuns.find(({ app: slug }) => slug === 'parasol')?.output?.summary ?? '';
const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);
/** A release branch whose test ended so, judged. */
async function testedRelease(conclusion: 'success' | 'failure', body = ''): Promise<string> {
  const head = release(body);
  reportCheckRun(app.world, 'kim', { repository: KEY, sha: head, name: 'unit', conclusion });
  await app.settle();
  return head;
}
const titleOn = (sha: string) => checksOf(sha).map(({ conclusion, title }) => `${conclusion}, ${title}`);
const emptyOn = (branch: string) => ({
  name: 'parasol/readiness',
  title: `Unknown: nothing was merged into ${branch}`,
});

describe('the check run parasol/readiness', () => {
  test.each([
    ['comment', 'neutral'],
    ['enforce', 'action_required'],
  ])('with %s stands on the head of a release branch, %s where nobody knows', async (mode, conclusion) => {
    await start(configOf(mode));
    const head = push('release/3.1', 'Freeze');
    await app.settle();
    expect(checksOf(head)).toEqual([{ ...emptyOn('release/3.1'), conclusion }]);
    expect(summaryOf(head)).toContain(`release/3.1 at ${head.slice(0, 7)}`);
    expect(summaryOf(head)).toContain('<!-- until 2026-03-03T09:00:00Z -->');
    expect(app.log).toEqual([]);
  });

  test.each([
    ['comment', 'success', 'neutral', 'Go: '],
    ['comment', 'failure', 'neutral', 'No-go: Base CI (1)'],
    ['enforce', 'success', 'success', 'Go: '],
    ['enforce', 'failure', 'failure', 'No-go: Base CI (1)'],
  ] as const)('with %s and a test that ends in %s is %s', async (mode, tested, conclusion, title) => {
    await start(configOf(mode));
    const head = release();
    await app.settle();
    reportCheckRun(app.world, 'kim', { repository: KEY, sha: head, name: 'unit', conclusion: tested });
    await app.settle();
    expect(checksOf(head)).toEqual([
      { name: 'parasol/readiness', conclusion, title: expect.stringMatching(new RegExp(`^${escaped(title)}`)) },
    ]);
  });

  test('on the commit before says that its verdict is over once the branch moves', async () => {
    await start(configOf('enforce'));
    const before = push('release/3.1', 'Freeze');
    await app.settle();
    const head = push('release/3.1', 'Fix a leak');
    await app.settle();
    const moved = `Expired: release/3.1 moved from ${before.slice(0, 7)} to ${head.slice(0, 7)}`;
    expect([checksOf(before), checksOf(head)]).toEqual([
      [{ name: 'parasol/readiness', conclusion: 'action_required', title: moved }],
      [{ ...emptyOn('release/3.1'), conclusion: 'action_required' }],
    ]);
  });

  describe('on a commit that two release branches are at', () => {
    /** As when the next release is cut from the one before. */
    const cut = (branch: string, head: string) => {
      app.repository.branches.set(branch, head);
      announcePush(app.world, 'kim', app.repository, {
        ...{ ref: `refs/heads/${branch}`, before: '0'.repeat(40), after: head, commits: [], files: [] },
      });
    };

    test('speaks for both, and again for one when the other is gone', async () => {
      await start(configOf('enforce'));
      const head = await testedRelease('success');
      cut('release/3.2', head);
      await app.settle();
      expect(titleOn(head)).toEqual([expect.stringMatching(/^success, release\/3\.1: Go: /)]);
      expect(summaryOf(head)).toMatch(
        /- <code>release\/3\.2<\/code>: Unknown: nothing was merged into release\/3\.2\n$/,
      );
      app.repository.branches.delete('release/3.2');
      announcePush(app.world, 'kim', app.repository, {
        ...{ ref: 'refs/heads/release/3.2', before: head, after: '0'.repeat(40), commits: [], files: [] },
      });
      await app.settle();
      expect(titleOn(head)).toEqual([expect.stringMatching(/^success, Go: /)]);
    });

    test('is not over when one of them moves on', async () => {
      await start(configOf('enforce'));
      const head = await testedRelease('failure');
      cut('release/3.2', head);
      await app.settle();
      push('release/3.2', 'Begin');
      await app.settle();
      expect(titleOn(head)).toEqual(['failure, No-go: Base CI (1)']);
    });
  });

  test('is made anew when its time is up, and not before', async () => {
    await start(configOf('enforce', ', valid_for: 2h'));
    const head = push('release/3.1', 'Freeze');
    await app.settle();
    app.sandbox.requests.reset();
    advanceClock(app.world, 3_600);
    await clock.advance(60_000);
    await app.settle();
    expect(app.sandbox.requests.entries).toEqual([]);
    advanceClock(app.world, 3_600);
    await clock.advance(60_000);
    await app.settle();
    expect(summaryOf(head)).toContain('<!-- until 2026-03-02T13:00:00Z -->');
    expect(writes()).toEqual(['checks/update']);
  });

  test('follows what a task on the branch begins to wait for, and the end of that', async () => {
    await start(configOf('enforce'), 2);
    const [task = app.umbrella, blocker = app.umbrella] = app.children;
    const head = await testedRelease('success', `Closes #${task.number}`);
    const told = [titleOn(head)];
    addBlockedBy(app.world, 'kim', { blocked: at(task), blocker: at(blocker) });
    await app.settle();
    told.push(titleOn(head));
    closeIssue(app.world, 'kim', { item: at(blocker) });
    await app.settle();
    const go = 'success, Go: 6 of 7 criteria pass, none blocks';
    expect([...told, titleOn(head)]).toEqual([[go], ['failure, No-go: Dependencies (1)'], [go]]);
  });

  test('follows the reviewed waivers, which stand on the default branch', async () => {
    await start(configOf('enforce'));
    const head = await testedRelease('failure');
    const path = '.github/parasol-waivers.yml';
    const text = 'waivers: [{ criterion: base_ci, until: 2026-03-05, by: kim, reason: the runner burned down }]\n';
    putFile(app.world, 'kim', { repository: KEY, path, text });
    await app.settle();
    expect(titleOn(head)).toEqual(['success, Go, with 1 waiver: 4 of 6 criteria pass, none blocks']);
    putFile(app.world, 'kim', { repository: KEY, path, text: null });
    await app.settle();
    expect(titleOn(head)).toEqual(['failure, No-go: Base CI (1)']);
  });

  test('is not written when nothing but ages and times is another', async () => {
    await start(configOf('enforce'));
    const head = release();
    await app.settle();
    app.sandbox.requests.reset();
    advanceClock(app.world, 3_600);
    reportCheckRun(app.world, 'kim', { repository: KEY, sha: head, name: 'unit' });
    await app.settle();
    const said = checksOf(head);
    app.sandbox.requests.reset();
    reportCheckRun(app.world, 'kim', { repository: KEY, sha: head, name: 'unit' });
    await app.settle();
    expect([checksOf(head), writes()]).toEqual([said, []]);
  });

  test('stands nowhere else, and other pushes ask for nothing once that is known', async () => {
    await start(configOf('enforce'));
    push('feature/pier', 'Try it');
    await app.settle();
    app.sandbox.requests.reset();
    const head = push('feature/pier', 'Try it again');
    await app.settle();
    expect(checksOf(head)).toEqual([]);
    expect(app.sandbox.requests.entries).toEqual([]);
  });

  test('stands on release branches that were pushed while the App was away', async () => {
    const built = buildTestWorld({ children: 0, config: configOf('comment') });
    const branches = ['release/3.9', 'release/3.10'];
    const heads = branches.map((branch) =>
      pushCommits(built.world, 'kim', { repository: KEY, branch, commits: [`Freeze ${branch}`] }),
    );
    app = await startTestApp(built, { clock });
    expect(heads.map(checksOf)).toEqual(branches.map((branch) => [{ ...emptyOn(branch), conclusion: 'neutral' }]));
  });

  test('stands on the branches that the configuration names, from the push on that names them', async () => {
    await start('version: 1\n');
    const head = push('stable', 'Freeze');
    await app.settle();
    expect(checksOf(head)).toEqual([]);
    const text = configOf('comment', ', release_branches: [stable]');
    pushToDefaultBranch(app.world, 'kim', {
      ...{ repository: KEY, commits: ['Set up'], files: [{ path: '.github/parasol.yml', text }] },
    });
    await app.settle();
    expect(checksOf(head)).toEqual([{ ...emptyOn('stable'), conclusion: 'neutral' }]);
  });
});
