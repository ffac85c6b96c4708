import { afterEach, describe, expect, test } from 'vitest';
import { CONFIG_REVIEW_MARKER } from '../../src/core/config-review.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { reviewConfig } from '../../src/operations/review-config.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { closePullRequest, editPullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, putFile } from '../../src/sandbox/actions/push-commits.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../src/sandbox/world.ts';
import { itemOf, KEY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

const PATH = '.github/parasol.yml';
const BROKEN = 'tusks: {}\n';

let stage: SandboxedUmbrella;
let pull: PullRequestRecord;
afterEach(() => stage.sandbox.close());

interface Opened {
  /** On the default branch. */
  readonly config?: string | null;
  /** What the pull request makes of it; absent: it changes something else. */
  readonly text?: string;
  readonly author?: string;
  readonly base?: string;
}

async function start({ config = 'version: 1\n', text, author = 'kim', base = 'main' }: Opened) {
  stage = await startSandboxedUmbrella(config);
  const file = text === undefined ? { path: 'quay.ts', text: 'x' } : { path: PATH, text };
  pull = openPullRequest(stage.world, author, {
    repository: KEY,
    title: 'Set up',
    branch: 'set-up',
    base,
    files: [file],
  });
}
const push = (text: string) =>
  pushCommits(stage.world, 'kim', {
    repository: KEY,
    branch: 'set-up',
    commits: ['More'],
    files: [{ path: PATH, text }],
  });
const review = async (options?: Parameters<typeof reviewConfig>[2]) =>
  (await reviewConfig(stage.context, refOf(pull), options)).map(({ change, outcome }) => `${change.kind} ${outcome}`);
const bodies = () => pull.comments.map(({ body }) => body);

describe('a pull request that breaks the configuration', () => {
  test('gets one comment, which changes with the file', async () => {
    await start({ text: BROKEN });
    expect([await review(), await review()]).toEqual([['create_comment done'], []]);
    push('version: 1\nlanez: {}\n');
    expect(await review()).toEqual(['update_comment done']);
    expect(bodies()).toEqual([expect.stringContaining('| 2 | <code>lanez: {}</code> |')]);
    push('version: 1 # said again\n');
    expect([await review(), await review()]).toEqual([['update_comment done'], []]);
    expect(bodies()).toEqual([expect.stringContaining('is valid now')]);
  });

  test('is told when it brings none of its own any more', async () => {
    await start({ text: BROKEN });
    await review();
    push('version: 1\n');
    expect(await review()).toEqual(['update_comment done']);
    expect(bodies()).toEqual([expect.stringContaining('is as it was')]);
  });

  test("does not take somebody else's comment for its own", async () => {
    await start({ text: BROKEN });
    createComment(stage.world, 'ravi', { item: itemOf(pull), body: `${CONFIG_REVIEW_MARKER}\nforged` });
    expect(await review()).toEqual(['create_comment done']);
  });

  test.each<[title: string, opened: Opened, changes: readonly string[]]>([
    ['for the first file of somebody who may write', { config: null, text: BROKEN }, ['create_comment done']],
    ['not for the first file of a stranger', { config: null, text: BROKEN, author: 'ravi' }, []],
    ['of a stranger where something is configured', { text: BROKEN, author: 'ravi' }, ['create_comment done']],
    ['for a mend that fails', { config: 'tasks: 3\n', text: BROKEN }, ['create_comment done']],
    ['not for a mend of a stranger that fails', { config: 'tasks: 3\n', text: BROKEN, author: 'ravi' }, []],
    ['for a file that is not text', { text: 'PNG\0' }, ['create_comment done']],
    ['not where rollups are off', { config: 'rollup: { mode: off }\n', text: BROKEN }, []],
    ['not where rollups are observed', { config: 'rollup: { mode: observe }\n', text: BROKEN }, []],
    ['not for a valid file', { text: 'version: 1 # still\n' }, []],
    ['not for other files', {}, []],
    ['against another branch', { text: BROKEN, base: 'release' }, ['create_comment done']],
  ])('is commented %s', async (_title, opened, changes) => {
    await start(opened);
    expect(await review()).toEqual(changes);
  });
});

test('one that lags behind a base that was repaired has changed nothing', async () => {
  stage = await startSandboxedUmbrella(BROKEN);
  const files = [{ path: 'quay.ts', text: 'x' }];
  pull = openPullRequest(stage.world, 'kim', { repository: KEY, title: 'Quay', branch: 'quay', files });
  putFile(stage.world, 'kim', { repository: KEY, path: PATH, text: 'version: 1\n' });
  expect(await review()).toEqual([]);
});

test('one that was closed meanwhile is left alone', async () => {
  await start({ text: BROKEN });
  closePullRequest(stage.world, 'kim', { item: itemOf(pull) });
  expect(await review()).toEqual([]);
});

test('one against another base counts by what it changes there', async () => {
  await start({ text: BROKEN });
  pushCommits(stage.world, 'kim', {
    repository: KEY,
    branch: 'release',
    commits: ['Cut'],
    files: [{ path: PATH, text: BROKEN }],
  });
  await review();
  editPullRequest(stage.world, 'kim', { item: itemOf(pull), base: 'release' });
  expect(await review()).toEqual(['update_comment done']);
});

test('is found among more files than one page holds', async () => {
  stage = await startSandboxedUmbrella();
  const others = Array.from({ length: 230 }, (_, n) => ({ path: `.a/${n}.ts`, text: '' }));
  const files = [...others, { path: PATH, text: BROKEN }];
  pull = openPullRequest(stage.world, 'kim', { repository: KEY, title: 'Much', branch: 'much', files });
  expect(await review()).toEqual(['create_comment done']);
});

test('costs one call of one point where the file is not touched', async () => {
  await start({});
  const before = stage.context.github.usage();
  await review();
  const { requests, graphqlPoints } = stage.context.github.usage();
  expect([requests - before.requests, graphqlPoints - before.graphqlPoints]).toEqual([1, 1]);
});

test.each(['contents', 'pull_requests'] as const)('writes nothing without the permission %s', async (missing) => {
  await start({ text: BROKEN });
  const all = { metadata: 'read', issues: 'write', pull_requests: 'read', contents: 'read' } as const;
  const permissions = Object.fromEntries(Object.entries(all).filter(([name]) => name !== missing));
  addUserToken(stage.world, { token: 'narrow', login: 'kim', permissions });
  const github = connectWithToken({ token: 'narrow', apiUrl: stage.sandbox.apiUrl, pace: 'sandbox' });
  expect(await reviewConfig({ github }, refOf(pull))).toEqual([]);
  expect(stage.writes()).toEqual([]);
});

describe('a head that GitHub does not show yet', () => {
  test('is waited for once', async () => {
    await start({ text: 'version: 1 # fine\n' });
    const before = pull.headSha;
    let sha = '';
    const pause = async () => {
      sha = push(BROKEN);
    };
    expect(await review({ expected: { sha: 'f'.repeat(40), before }, pause })).toEqual(['create_comment done']);
    expect(pull.headSha).toBe(sha);
  });

  test('is tried again later when it still shows the one before', async () => {
    await start({ text: BROKEN });
    const attempt = review({ expected: { sha: 'f'.repeat(40), before: pull.headSha } });
    await expect(attempt).rejects.toMatchObject({ code: 'github_unavailable' });
    expect(stage.writes()).toEqual([]);
  });
});
