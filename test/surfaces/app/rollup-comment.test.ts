import { afterEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../../src/core/marker.ts';
import { assign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy, removeBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { closeIssue, reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment, deleteComment, editComment } from '../../../src/sandbox/actions/comment.ts';
import { editIssue } from '../../../src/sandbox/actions/edit-issue.ts';
import { editPullRequest } from '../../../src/sandbox/actions/edit-pull-request.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { deleteIssue } from '../../../src/sandbox/actions/remove-issue.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { setIssueField } from '../../../src/sandbox/actions/set-issue-field.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { addCollaborator, addRepository } from '../../../src/sandbox/create-world.ts';
import { addIssueField } from '../../../src/sandbox/issue-fields.ts';
import { type AppServerOptions, startAppServer } from '../../../src/surfaces/app/start-app-server.ts';
import {
  at,
  buildTestWorld,
  KEY,
  sendWebhook,
  settingsOf,
  startTestApp,
  type TestApp,
  type TestWorld,
} from './test-app.ts';

let app: TestApp;
const start = async (built?: TestWorld, options?: Partial<AppServerOptions>) => {
  app = await startTestApp(built, options);
  return app;
};
afterEach(() => app.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An event about the first child, as GitHub would send it. */
const aboutChild = (action: string) => ({
  action,
  installation: { id: app.installation.id },
  repository: { name: 'harbor', owner: { login: 'octo' }, default_branch: 'main' },
  sender: { login: 'kim', type: 'User' },
  issue: { number: app.children[0]?.number, node_id: app.children[0]?.nodeId },
});

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
    says: RegExp,
    prepare: (built: TestWorld) => unknown,
    change: (built: TestWorld) => unknown,
  ][] = [
    [
      'a child that closes',
      /1 of 3 complete/,
      () => {},
      (built) => closeIssue(built.world, 'kim', { item: first(built) }),
    ],
    [
      'a child that reopens',
      /0 of 3 complete/,
      (built) => closeIssue(built.world, 'kim', { item: first(built) }),
      (built) => reopenIssue(built.world, 'kim', { item: first(built) }),
    ],
    [
      'a new title',
      /Renamed/,
      () => {},
      (built) => editIssue(built.world, 'kim', { item: first(built), title: 'Renamed' }),
    ],
    [
      'an assignee',
      /1 in progress/,
      () => {},
      (built) => assign(built.world, 'kim', { item: first(built), assignees: ['kim'] }),
    ],
    [
      'a new child',
      /One more/,
      () => {},
      ({ world, umbrella }) => {
        const child = openIssue(world, 'kim', { repository: KEY, title: 'One more' });
        addSubIssue(world, 'kim', { parent: at(umbrella), child: at(child) });
      },
    ],
    [
      'a child that is taken out',
      /^(?![\s\S]*Task 1)/,
      () => {},
      (built) => removeSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: first(built) }),
    ],
    [
      'a child that is deleted',
      /^(?![\s\S]*Task 1)/,
      () => {},
      (built) => deleteIssue(built.world, 'kim', { item: first(built) }),
    ],
    [
      'a blocker',
      /1 blocked/,
      ({ world }) => openIssue(world, 'kim', { repository: KEY, title: 'In the way', number: 90 }),
      (built) => addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) }),
    ],
    [
      'a blocker that goes away',
      /3 unblocked/,
      (built) => {
        openIssue(built.world, 'kim', { repository: KEY, title: 'In the way', number: 90 });
        addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) });
      },
      (built) => removeBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) }),
    ],
    [
      'a blocker outside of the umbrella that closes',
      /3 unblocked/,
      (built) => {
        openIssue(built.world, 'kim', { repository: KEY, title: 'In the way', number: 90 });
        addBlockedBy(built.world, 'kim', { blocked: first(built), blocker: at({ number: 90 }) });
      },
      (built) => closeIssue(built.world, 'kim', { item: at({ number: 90 }) }),
    ],
    ['a pull request that opens', /1 implemented/, () => {}, openPull],
    [
      'a check that fails',
      /unit[^\n]*fail|fail[^\n]*unit/,
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
      /unit[^\n]*fail|fail[^\n]*unit/,
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
      /changes requested|asked for changes/,
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
      /1 of 3 complete/,
      openPull,
      (built) => {
        const [pull] = built.repository.pullRequests.values();
        mergePullRequest(built.world, 'kim', { item: at(pull ?? { number: 0 }) });
      },
    ],
    [
      'a configuration that asks for evidence',
      /\| Evidence \|/,
      () => {},
      ({ world }) =>
        putFile(world, 'kim', {
          repository: KEY,
          path: '.github/parasol.yml',
          text: 'version: 1\ntasks:\n  artifacts: [{ field: Evidence, from: unblocked, is: url }]\n',
        }),
    ],
  ];

  const asksForEvidence = (built: TestWorld) => {
    const text = 'version: 1\ntasks:\n  artifacts: [{ field: Evidence, from: unblocked, is: url }]\n';
    built.repository.files.set('.github/parasol.yml', text);
    addIssueField(built.world, { owner: 'octo', name: 'Evidence', visibility: 'all' });
  };
  const setEvidence = (built: TestWorld, value: string | null) =>
    setIssueField(built.world, 'kim', { item: first(built), field: 'Evidence', value });
  const fields: typeof changes = [
    [
      'an issue field that is filled',
      /Evidence present \(issue field\)/,
      asksForEvidence,
      (built) => setEvidence(built, 'https://ci.example/7'),
    ],
    [
      'an issue field that is emptied',
      /^(?![\s\S]*Evidence present)/,
      (built) => {
        asksForEvidence(built);
        setEvidence(built, 'https://ci.example/7');
      },
      (built) => setEvidence(built, null),
    ],
  ];

  test.each([...changes, ...fields])('%s', async (_title, says, prepare, change) => {
    const built = buildTestWorld();
    prepare(built);
    await start(built);
    expect(rollup()).not.toMatch(says);
    change(built);
    await app.settle();
    expect(rollup()).toMatch(says);
    expect(writes()).toEqual(['issues/update-comment']);
    expect(app.log).toEqual([]);
  });

  test('an edit that drops the only thing that named the task', async () => {
    const built = buildTestWorld({ children: 1 });
    const [child = built.umbrella] = built.children;
    editIssue(built.world, 'kim', { item: at(child), title: 'P3.M1.T8: Task' });
    const pull = openPullRequest(built.world, 'kim', { repository: KEY, title: 'P3.M1.T8', body: '', branch: 'work' });
    await start(built);
    expect(rollup()).toContain('1 implemented');
    editPullRequest(built.world, 'kim', { item: at(pull), title: 'Something else' });
    await app.settle();
    expect(rollup()).not.toContain('implemented');
  });

  const openByCommit = ({ world }: TestWorld) =>
    openPullRequest(world, 'kim', { repository: KEY, title: 'Work', branch: 'work', commits: ['Fixes #2'] });
  const rewrite = ({ world }: TestWorld) =>
    pushCommits(world, 'kim', { repository: KEY, branch: 'work', commits: ['Work'], forced: true });

  test('a force-push that drops the commit that named the task', async () => {
    const built = buildTestWorld({ children: 1 });
    openByCommit(built);
    await start(built);
    expect(rollup()).toContain('1 implemented');
    rewrite(built);
    await app.settle();
    expect(rollup()).toContain('1 unblocked');
    expect(writes()).toEqual(['issues/update-comment']);
    expect(app.log).toEqual([]);
  });

  test('a force-push that a process hears of which never saw the commit', async () => {
    const built = buildTestWorld({ children: 1 });
    await start(built);
    const second = await startAppServer({
      ...settingsOf(built.app, app.sandbox, app.log),
      now: () => built.world.now(),
    });
    await second.idle();
    openByCommit(built);
    await app.settle();
    expect(rollup()).toContain('1 implemented');
    built.app.webhookUrl = second.webhookUrl;
    rewrite(built);
    await app.settle();
    await second.idle();
    await second.close();
    expect(rollup()).toContain('1 unblocked');
    expect(app.log).toEqual([]);
  });

  test('what becomes private, in closed umbrellas and where rollups are off', async () => {
    const built = buildTestWorld({ children: 0 });
    const vault = addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'public' });
    const secret = openIssue(built.world, 'noor', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'noor', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    await start(built);
    expect(rollup()).toContain('rival');
    closeIssue(built.world, 'kim', { item: at(built.umbrella) });
    putFile(built.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'rollup: { mode: off }\n' });
    await app.settle();
    expect(rollup()).toContain('rival');
    setVisibility(built.world, 'noor', { repository: `octo/${vault.name}`, visibility: 'private' });
    await app.settle();
    expect(rollup()).toContain('1 private task');
    expect(rollup()).not.toMatch(/rival|vault/);
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

  /** Sizes of the groups that close at once, and the pause between groups. */
  test.each([
    ['one by one', Array.from({ length: 100 }, () => 1), 15],
    ['in three groups', [34, 33, 33], 820],
    ['in two groups', [50, 50], 1700],
    ['one first, the others at the end', [1, 99], 1900],
    ['in four groups', [25, 25, 25, 25], 600],
  ])(
    'at most twice for a hundred children that close within two seconds, %s',
    async (_title, sizes, pauseMs) => {
      await start(buildTestWorld({ children: 100 }), { coalesce: { quietMs: 500, maxWaitMs: 3000 } });
      const left = [...app.children];
      for (const [n, size] of sizes.entries()) {
        if (n > 0) await sleep(pauseMs);
        for (const child of left.splice(0, size)) closeIssue(app.world, 'kim', { item: at(child) });
      }
      await app.settle();
      expect(writes().length).toBeGreaterThan(0);
      expect(writes().length).toBeLessThanOrEqual(2);
      expect(rollup()).toContain('100 of 100 complete');
    },
    30_000,
  );

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
    expect(writes()).toEqual(['issues/create-comment']);
  });

  test('once, although GitHub shows it only later', async () => {
    const built = buildTestWorld({ children: 1, config: null });
    await start(built);
    putFile(built.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'version: 1\n' });
    await app.settle();
    app.sandbox.faults.staleReads({ forMs: 1000 });
    closeIssue(built.world, 'kim', { item: at(built.children[0] ?? built.umbrella) });
    await app.settle();
    app.sandbox.faults.clear();
    expect(writes().filter((operation) => operation === 'issues/create-comment')).toHaveLength(1);
    expect(app.ownComments()).toHaveLength(1);
    expect(rollup()).toContain('1 of 1 complete');
  });

  test('once, although two processes write it at the same moment', async () => {
    const built = buildTestWorld({ config: null });
    await start(built);
    const second = await startAppServer({
      ...settingsOf(built.app, app.sandbox, app.log),
      now: () => built.world.now(),
    });
    await second.idle();
    app.sender.faults.lose(100);
    putFile(built.world, 'kim', { repository: KEY, path: '.github/parasol.yml', text: 'version: 1\n' });
    await app.settle();
    app.sandbox.faults.hangNext({ match: { operation: 'issues/create-comment' }, ms: 200, times: 2 });
    const event = aboutChild('labeled');
    const both = async () => {
      await Promise.all([sendWebhook(app.server, 'issues', event), sendWebhook(second, 'issues', event)]);
      await Promise.all([app.server.idle(), second.idle()]);
    };
    await both();
    const created = writes().filter((operation) => operation === 'issues/create-comment');
    expect({ created: created.length, comments: app.ownComments().length }).toEqual({ created: 2, comments: 1 });
    closeIssue(built.world, 'kim', { item: at(built.children[0] ?? built.umbrella) });
    await both();
    await second.close();
    expect(app.ownComments().map(({ body }) => body.includes('1 of 3 complete'))).toEqual([true]);
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
