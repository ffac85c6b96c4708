import { afterEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { refreshRollup } from '../../src/operations/refresh-rollup.ts';
import { createComment, deleteComment } from '../../src/sandbox/actions/comment.ts';
import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { addUserToken } from '../../src/sandbox/create-world.ts';
import { itemOf, KEY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

let stage: SandboxedUmbrella;
const start = async (config?: string | null) => {
  stage = await startSandboxedUmbrella(config);
};
afterEach(() => stage.sandbox.close());

const refresh = async (options?: Parameters<typeof refreshRollup>[2]) =>
  (await refreshRollup(stage.context, refOf(stage.umbrella), options)).outcome;

const WITHOUT_CONTENTS = {
  metadata: 'read',
  issues: 'write',
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
} as const;
const OFF = 'version: 1\nrollup: { mode: off }\n';
const WRONG = 'version: 1\nrollup: { mode: perhaps }\n';
const OLD = `${ROLLUP_MARKER}\nold`;

describe('the comment is written', () => {
  test.each([
    ['where a configuration is', 'version: 1\n', false, {}, 'written'],
    ['where one was written before, without a configuration', null, true, {}, 'written'],
    ['where someone asked for it', null, false, { asked: true }, 'written'],
    ['not where nobody wants it', null, false, {}, 'quiet'],
    ['not where rollups are off', 'version: 1\nrollup: { mode: off }\n', false, {}, 'turned_off'],
    [
      'not where they are off, even if asked',
      'version: 1\nrollup: { mode: off }\n',
      true,
      { asked: true },
      'turned_off',
    ],
    ['not where they are observed', 'version: 1\nrollup: { mode: observe }\n', true, {}, 'turned_off'],
    ['not where the configuration is wrong where it says the mode', WRONG, false, {}, 'quiet'],
    ['where it is wrong and someone asked', WRONG, false, { asked: true }, 'written'],
    ['where it is wrong, in a comment that is there', WRONG, true, {}, 'written'],
    ['not where it says off and is wrong elsewhere', `${OFF}taskz: {}\n`, true, {}, 'turned_off'],
    ['where it says off, to take back what is hidden now', OFF, true, { corrects: true }, 'written'],
    ['not anew where it says off, whatever is hidden now', OFF, false, { corrects: true }, 'turned_off'],
    ['not on a dry run', 'version: 1\n', false, { dryRun: true }, 'dry_run'],
  ] as const)('%s', async (_title, config, hasComment, options, outcome) => {
    await start(config);
    if (hasComment) createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: OLD });
    expect(await refresh(options)).toBe(outcome);
    const operation = hasComment ? 'issues/update-comment' : 'issues/create-comment';
    expect(stage.writes()).toEqual(outcome === 'written' ? [operation] : []);
  });

  test('once: the second time nothing has changed', async () => {
    await start();
    expect([await refresh(), await refresh()]).toEqual(['written', 'unchanged']);
    expect(stage.writes()).toEqual(['issues/create-comment']);
  });

  test('not on an issue without children', async () => {
    await start();
    const lonely = openIssue(stage.world, 'kim', { repository: KEY, title: 'Alone' });
    expect((await refreshRollup(stage.context, refOf(lonely), { asked: true })).outcome).toBe('not_an_umbrella');
    expect(stage.writes()).toEqual([]);
  });
});

test('a comment that vanishes between reading and editing is made anew, once', async () => {
  await start();
  const comment = createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: OLD });
  const now = () => {
    if (stage.umbrella.comments.includes(comment)) deleteComment(stage.world, 'kim', { comment: comment.id });
    return stage.world.now();
  };
  const { outcome } = await refreshRollup({ ...stage.context, now }, refOf(stage.umbrella));
  expect(outcome).toBe('written');
  expect(stage.umbrella.comments.map(({ body }) => body.startsWith(ROLLUP_MARKER))).toEqual([true]);
});

describe('a configuration that cannot be read', () => {
  const forget = () => {
    addUserToken(stage.world, { token: 'no-contents', login: 'kim', permissions: WITHOUT_CONTENTS });
    const github = connectWithToken({ token: 'no-contents', apiUrl: stage.sandbox.apiUrl, pace: 'sandbox' });
    stage = { ...stage, context: { ...stage.context, github } };
  };
  test.each([
    ['starts no comment', false, {}, 'quiet'],
    ['does not keep someone from asking for one', false, { asked: true }, 'written'],
    ['is told in one that is there', true, {}, 'written'],
  ] as const)('%s', async (_title, hasComment, options, outcome) => {
    await start();
    if (hasComment) createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: OLD });
    forget();
    expect(await refresh(options)).toBe(outcome);
    expect(stage.umbrella.comments.every(({ body }) => body.includes('contents: read'))).toBe(true);
  });
});

test('of several comments of ours only the oldest stays', async () => {
  await start();
  const say = (body: string) => createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body });
  const oldest = say(OLD);
  say('a word between');
  say(OLD);
  say(OLD);
  expect(await refresh()).toBe('written');
  expect(stage.umbrella.comments.map(({ id }) => id).slice(0, 1)).toEqual([oldest.id]);
  expect(stage.umbrella.comments.map(({ body }) => body.startsWith(ROLLUP_MARKER))).toEqual([true, false]);
});

test('an umbrella that is not there is told as not found', async () => {
  await start();
  await expect(refreshRollup(stage.context, refOf({ number: 999 }))).rejects.toMatchObject({ code: 'not_found' });
});

test('a snapshot that contradicts an event is read once more, after a pause', async () => {
  await start();
  let pauses = 0;
  const [child] = stage.children;
  const expectations = [{ ref: refOf(child), state: 'closed' as const, updatedAt: child.updatedAt }];
  const pause = async () => {
    pauses += 1;
  };
  await refresh({ expectations, pause });
  await refresh({ expectations: [{ ref: refOf(child), state: 'open', updatedAt: child.updatedAt }], pause });
  expect(pauses).toBe(1);
});
