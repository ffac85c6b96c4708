import { afterEach, expect, test } from 'vitest';
import { CONFIG_REVIEW_MARKER } from '../../../src/core/config-review.ts';
import { editPullRequest, markReady } from '../../../src/sandbox/actions/edit-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../../src/sandbox/actions/push-commits.ts';
import { addAccount, addRepository } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import { at, buildTestWorld, KEY, sendWebhook, startTestApp, type TestApp, type TestWorld } from './test-app.ts';

const PATH = '.github/parasol.yml';
const BROKEN = 'tusks: {}\n';

let app: TestApp;
const start = async (built?: TestWorld) => {
  app = await startTestApp(built);
};
afterEach(() => app.close());

const open = (rest: Partial<Parameters<typeof openPullRequest>[2]> = {}, by = 'kim') =>
  openPullRequest(app.world, by, {
    repository: KEY,
    title: 'Set up',
    branch: 'set-up',
    files: [{ path: PATH, text: BROKEN }],
    ...rest,
  });
const push = (text: string, repository = KEY) =>
  pushCommits(app.world, 'kim', { repository, branch: 'set-up', commits: ['More'], files: [{ path: PATH, text }] });
const told = ({ comments }: PullRequestRecord) =>
  comments.filter(({ author }) => author === 'parasol[bot]').map(({ body }) => body);
const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);

test('a pull request that breaks the configuration gets one comment, edited when it is repaired', async () => {
  await start();
  const pull = open();
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('| 1 | <code>tusks: {}</code> |')]);
  push('version: 1 # repaired\n');
  await app.settle();
  expect(told(pull)).toEqual([
    `${CONFIG_REVIEW_MARKER}\n### \`${PATH}\` is valid now\n\nThe problems that stood here are gone.\n`,
  ]);
  expect(writes()).toEqual(['issues/create-comment', 'issues/update-comment']);
  expect(app.log).toEqual([]);
});

test('one from a fork gets it, too, and so does a draft in a private repository', async () => {
  const built = buildTestWorld({ visibility: 'private' });
  addAccount(built.world, { login: 'lena' });
  addRepository(built.world, { owner: 'lena', name: 'harbor', forkOf: KEY, visibility: 'private' });
  await start(built);
  const pull = open({ headRepository: 'lena/harbor', draft: true }, 'lena');
  await app.settle();
  expect(told(pull)).toHaveLength(1);
  push('version: 1 # repaired\n', 'lena/harbor');
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('is valid now')]);
});

test('a burst of pushes and a repeated delivery make no second comment', async () => {
  await start();
  const pull = open({ draft: true });
  for (const n of [1, 2, 3, 4, 5]) push(`tusks: ${n}\n`);
  markReady(app.world, 'kim', { item: at(pull) });
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('tusks: 5')]);
  const count = writes().length;
  expect(count).toBeLessThanOrEqual(3);
  const repository = { name: 'harbor', owner: { login: 'octo' } };
  const about = { installation: { id: app.installation.id }, repository, sender: { login: 'kim', type: 'User' } };
  const { number, headSha: sha } = pull;
  const opened = { action: 'opened', ...about, pull_request: { number, head: { sha } } };
  for (const _ of [1, 2]) await sendWebhook(app.server, 'pull_request', opened);
  await app.server.idle();
  expect([told(pull).length, writes().length]).toEqual([1, count]);
});

test('a new base has it looked at again, a new title does not', async () => {
  await start();
  const pull = open();
  pushCommits(app.world, 'kim', {
    repository: KEY,
    branch: 'release',
    commits: ['Cut'],
    files: [{ path: PATH, text: BROKEN }],
  });
  await app.settle();
  app.sandbox.requests.reset();
  editPullRequest(app.world, 'kim', { item: at(pull), title: 'Set it up' });
  await app.settle();
  const reads = () => app.sandbox.requests.entries.filter(({ operation }) => operation === 'ConfigChange').length;
  expect(reads()).toBe(0);
  editPullRequest(app.world, 'kim', { item: at(pull), base: 'release' });
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('is as it was')]);
});

test('one that touches something else gets nothing, nor does any where nothing is configured and a stranger asks', async () => {
  await start(buildTestWorld({ config: null }));
  const pulls = [open({ files: [{ path: 'quay.ts', text: 'x' }] }), open({ branch: 'other' }, 'ravi')];
  await app.settle();
  expect(pulls.flatMap(told)).toEqual([]);
  expect(writes()).toEqual([]);
});

test('an answer that fails is asked for again', async () => {
  await start();
  app.sandbox.faults.failNext({ match: { operation: 'ConfigChange' }, status: 502, times: 4 });
  const pull = open();
  await app.settle();
  expect(told(pull)).toHaveLength(1);
});

test('a comment that GitHub does not show yet is edited, not made again', async () => {
  await start();
  app.sandbox.faults.staleReads({ forMs: 400 });
  const pull = open();
  await app.settle();
  push('lanez: {}\n');
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('lanez')]);
  app.sandbox.faults.clear();
  app.world.nodes.delete(pull.comments[0]?.nodeId ?? '');
  pull.comments.splice(0);
  push('tusks: {}\n');
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('tusks')]);
});

test('a head that GitHub shows late is the one that counts', async () => {
  await start();
  const pull = open({ files: [{ path: PATH, text: 'version: 1 # fine\n' }] });
  await app.settle();
  app.sandbox.faults.staleReads({ forMs: 150 });
  push(BROKEN);
  await app.settle();
  expect(told(pull)).toEqual([expect.stringContaining('tusks')]);
});
