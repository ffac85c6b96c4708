import { afterEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../../src/core/marker.ts';
import { assign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy, removeBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, deleteComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { deleteIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addCollaborator, addRepository } from '../../../src/sandbox/create-world.ts';
import type { AppServerOptions } from '../../../src/surfaces/app/start-app-server.ts';
import { at, buildTestWorld, KEY, startTestApp, type TestApp, type TestWorld } from './test-app.ts';

let app: TestApp;
const start = async (built?: TestWorld, options?: Partial<AppServerOptions>) => {
  app = await startTestApp(built, options);
  return app;
};
afterEach(() => app.close());

const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);
const rollup = () => app.ownComments()[0]?.body ?? '';

test('one signed webhook ends in one edit of the one comment', async () => {
  await start();
  const [child] = app.children;
  closeIssue(app.world, 'kim', { item: at(child ?? app.umbrella) });
  await app.settle();
  expect(writes()).toEqual(['issues/update-comment']);
  expect(app.ownComments()).toHaveLength(1);
  expect(rollup().startsWith(ROLLUP_MARKER)).toBe(true);
  expect(app.log).toEqual([]);
});

describe('the rollup follows', () => {
  const openPull = (built: TestWorld) =>
    openPullRequest(built.world, 'kim', { repository: KEY, title: 'Work', body: 'Closes #2', branch: 'work' });
  const first = ({ children, umbrella }: TestWorld) => at(children[0] ?? umbrella);

  const changes: readonly [
    title: string,
    prepare: (built: TestWorld) => unknown,
    change: (built: TestWorld) => unknown,
  ][] = [
    ['a child that closes', () => {}, (built) => closeIssue(built.world, 'kim', { item: first(built) })],
    [
      'a child that reopens',
      (built) => closeIssue(built.world, 'kim', { item: first(built) }),
      (built) => reopenIssue(built.world, 'kim', { item: first(built) }),
    ],
    ['a new title', () => {}, (built) => editIssue(built.world, 'kim', { item: first(built), title: 'Renamed' })],
    ['an assignee', () => {}, (built) => assign(built.world, 'kim', { item: first(built), assignees: ['kim'] })],
    [
      'a new child',
      () => {},
      ({ world, umbrella }) => {
        const child = openIssue(world, 'kim', { repository: KEY, title: 'One more' });
        addSubIssue(world, 'kim', { parent: at(umbrella), child: at(child) });
      },
    ],
    [
      'a child that is taken out',
      () => {},
      (built) => removeSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: first(built) }),
    ],
    ['a child that is deleted', () => {}, (built) => deleteIssue(built.world, 'kim', { item: first(built) })],
    [
      'a blocker',
      ({ world }) => openIssue(world, 'kim', { repository: KEY, title: 'In the way', number: 90 }),
      (built) => addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) }),
    ],
    [
      'a blocker that goes away',
      (built) => {
        openIssue(built.world, 'kim', { repository: KEY, title: 'In the way', number: 90 });
        addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) });
      },
      (built) => removeBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) }),
    ],
    [
      'a blocker outside of the umbrella that closes',
      (built) => {
        openIssue(built.world, 'kim', { repository: KEY, title: 'In the way', number: 90 });
        addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) });
      },
      (built) => closeIssue(built.world, 'kim', { item: at({ number: 90 }) }),
    ],
    ['a pull request that opens', () => {}, openPull],
    [
      'a check that fails',
      openPull,
      (built) => {
        const [pull] = built.repository.pullRequests.values();
        reportCheckRun(built.world, 'kim', {
          repository: KEY,
          sha: pull?.headSha ?? '',
          name: 'unit',
          conclusion: 'failure',
        });
      },
    ],
    [
      'a status that fails',
      openPull,
      (built) => {
        const [pull] = built.repository.pullRequests.values();
        reportStatus(built.world, 'kim', {
          repository: KEY,
          sha: pull?.headSha ?? '',
          context: 'ci/unit',
          state: 'failure',
        });
      },
    ],
    [
      'a review',
      (built) => {
        openPull(built);
        addCollaborator(built.world, built.repository, 'noor', 'write');
      },
      (built) => {
        const [pull] = built.repository.pullRequests.values();
        submitReview(built.world, 'noor', {
          item: at(pull ?? { number: 0 }),
          state: 'changes_requested',
          body: 'not yet',
        });
      },
    ],
    [
      'a merge',
      openPull,
      (built) => {
        const [pull] = built.repository.pullRequests.values();
        mergePullRequest(built.world, 'kim', { item: at(pull ?? { number: 0 }) });
      },
    ],
    [
      'a configuration that asks for evidence',
      () => {},
      ({ world }) =>
        putFile(world, 'kim', {
          repository: KEY,
          path: '.github/parasol.yml',
          text: 'version: 1\ntasks:\n  artifacts: [{ field: Evidence, from: unblocked, is: url }]\n',
        }),
    ],
  ];

  test.each(changes)('%s', async (_title, prepare, change) => {
    const built = buildTestWorld();
    prepare(built);
    await start(built);
    const before = rollup();
    change(built);
    await app.settle();
    expect(rollup()).not.toBe(before);
    expect(writes()).toEqual(['issues/update-comment']);
    expect(app.log).toEqual([]);
  });

  test('every umbrella above, in another repository too', async () => {
    const built = buildTestWorld();
    addRepository(built.world, { owner: 'octo', name: 'plans', files: { '.github/parasol.yml': 'version: 1\n' } });
    const top = openIssue(built.world, 'kim', { repository: 'octo/plans', title: 'The whole year' });
    addSubIssue(built.world, 'kim', { parent: at(top, 'octo/plans'), child: at(built.umbrella) });
    await start(built);
    const before = app.ownComments(top)[0]?.body;
    for (const child of built.children) closeIssue(built.world, 'kim', { item: at(child) });
    await app.settle();
    expect(writes()).toEqual(['issues/update-comment', 'issues/update-comment']);
    expect(app.ownComments(top)[0]?.body).not.toBe(before);
  });
});

describe('the comment is the one thing written', () => {
  test('and not at all when its text would be the same', async () => {
    await start();
    createComment(app.world, 'kim', { item: at(app.umbrella), body: 'looks good' });
    putFile(app.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'version: 1\n\n' });
    await app.settle();
    expect(writes()).toEqual([]);
  });

  test('at most twice for a hundred children that close within two seconds', async () => {
    await start(buildTestWorld({ children: 100 }), { coalesce: { quietMs: 500, maxWaitMs: 3000 } });
    for (const child of app.children) {
      closeIssue(app.world, 'kim', { item: at(child) });
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await app.settle();
    expect(writes().length).toBeGreaterThan(0);
    expect(writes().length).toBeLessThanOrEqual(2);
    expect(rollup()).toContain('100');
  });

  test("beside somebody else's comment that carries the App's marker, which stays as it is", async () => {
    const built = buildTestWorld({ config: null });
    const forged = createComment(built.world, 'ravi', {
      item: at(built.umbrella),
      body: `${ROLLUP_MARKER}\nall done!`,
    });
    putFile(built.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'version: 1\n' });
    await start(built);
    expect(built.umbrella.comments.map(({ author }) => author)).toEqual(['ravi', 'parasol[bot]']);
    expect(forged.body).toBe(`${ROLLUP_MARKER}\nall done!`);
  });

  test('again after somebody changed it', async () => {
    await start();
    const before = rollup();
    editComment(app.world, 'kim', { comment: app.ownComments()[0]?.id ?? 0, body: `${before}\nand more` });
    await app.settle();
    expect(rollup()).toBe(before);
  });

  test('again after somebody deleted it', async () => {
    await start();
    const before = rollup();
    deleteComment(app.world, 'kim', { comment: app.ownComments()[0]?.id ?? 0 });
    await app.settle();
    expect(app.ownComments().map(({ body }) => body)).toEqual([before]);
  });

  test('once, although the answer to writing it got lost', async () => {
    const built = buildTestWorld({ config: null });
    await start(built);
    app.sandbox.faults.dropConnection({ match: { operation: 'issues/create-comment' }, afterWrite: true });
    putFile(built.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'version: 1\n' });
    await app.settle();
    expect(app.ownComments()).toHaveLength(1);
  });
});

describe('nothing is written', () => {
  const quiet: readonly [string, Parameters<typeof buildTestWorld>[0]][] = [
    ['where nobody configured anything', { config: null }],
    ['where rollups are turned off', { config: 'version: 1\nrollup: { mode: off }\n' }],
    ['where rollups are only observed', { config: 'version: 1\nrollup: { mode: observe }\n' }],
  ];
  test.each(quiet)('%s', async (_title, options) => {
    await start(buildTestWorld(options));
    for (const child of app.children) closeIssue(app.world, 'kim', { item: at(child) });
    await app.settle();
    expect(writes()).toEqual([]);
    expect(app.ownComments()).toEqual([]);
    expect(app.log).toEqual([]);
  });
});
