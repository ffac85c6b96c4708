import { afterEach, describe, expect, test } from 'vitest';
import { ROLLUP_MARKER } from '../../src/core/marker.ts';
import { loadConfig } from '../../src/github/load-config.ts';
import { configInForce } from '../../src/operations/config-in-force.ts';
import { doctor } from '../../src/operations/doctor.ts';
import { refreshRollup } from '../../src/operations/refresh-rollup.ts';
import { umbrellaShow } from '../../src/operations/umbrella-show.ts';
import { closeIssue } from '../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../src/sandbox/actions/comment.ts';
import { mergePullRequest } from '../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits, putFile } from '../../src/sandbox/actions/push-commits.ts';
import { addCollaborator, addRepository } from '../../src/sandbox/create-world.ts';
import {
  itemOf,
  KEY,
  REPOSITORY,
  refOf,
  type SandboxedUmbrella,
  startSandboxedUmbrella,
} from './sandboxed-umbrella.ts';

let stage: SandboxedUmbrella;
afterEach(() => stage.sandbox.close());

const PATH = '.github/parasol.yml';
const HELD = 'tasks: { lane_label: "stream/*" }\n';
const BROKEN = 'tusks: {}\n';

/** Versions of the repository's file after the first one, null for its deletion; their commits. */
const start = async (first: string | null, ...later: readonly (string | null)[]) => {
  stage = await startSandboxedUmbrella(first);
  return later.map((text) => putFile(stage.world, 'kim', { repository: KEY, path: PATH, text }));
};
const PLACE = { about: 'configuration', repository: REPOSITORY };
const inForce = async () => configInForce(await loadConfig(stage.context.github, REPOSITORY));
const laneLabel = async () => (await inForce()).config.tasks.lane_label;

describe('of a file that is broken', () => {
  test('the last valid version holds, and the remark names its commit', async () => {
    const [sha = ''] = await start('version: 1\n', HELD, 'tasks: 3\n', BROKEN);
    const { config, rollupWish, remarks, publicRemarks, version } = await inForce();
    expect([config.tasks.lane_label, rollupWish]).toEqual(['stream/*', 'wanted']);
    expect(publicRemarks).toEqual([
      `${PATH}, line 1 (tusks): \`tusks\` is not a known key. Did you mean \`tasks\`?`,
      `Until ${PATH} is valid again, its version ${sha.slice(0, 7)} of ${stage.world.now().slice(0, 10)} holds.`,
    ]);
    const url = `${stage.sandbox.url}/octo/harbor/commit/${sha}`;
    expect(remarks).toEqual([publicRemarks[0], `${publicRemarks[1]} See ${url}`]);
    expect(version).toEqual({ text: HELD, commit: { sha, committedAt: stage.world.now(), url } });
  });

  test('nothing holds when it was never valid', async () => {
    await start(`rollup: { mode: comment }\n${BROKEN}`);
    const loaded = await loadConfig(stage.context.github, REPOSITORY);
    const help = `mend line 2 of ${PATH} of octo/harbor: \`tusks\` is not a known key`;
    expect(loaded.gaps).toEqual([{ cause: 'invalid', what: `${PATH} of octo/harbor`, help, ...PLACE }]);
    expect(configInForce(loaded)).toMatchObject({
      rollupWish: 'unreadable',
      version: null,
      remarks: [expect.any(String), `No valid version of ${PATH} was found; without it the defaults hold.`],
    });
  });

  test('which is not even text, the last valid version holds too', async () => {
    await start(HELD, 'PNG\0\0');
    expect(await inForce()).toMatchObject({
      version: { text: HELD },
      publicRemarks: [
        expect.stringMatching(/line 1: the file is not text\. Save .* as UTF-8 text/),
        expect.any(String),
      ],
    });
  });

  test('nothing holds that was deleted before it', async () => {
    await start(HELD, null, BROKEN);
    expect(await laneLabel()).toBe('lane:*');
  });

  describe('what stood between the commits of a pull request never holds', () => {
    const merge = (texts: readonly string[], method: 'merge' | 'squash' | 'rebase', base = 'main') => {
      const [first = [], ...later] = texts.map((text) => [{ path: PATH, text }]);
      const opened = { repository: KEY, title: 'Tune', branch: 'tune', base };
      const pull = openPullRequest(stage.world, 'ravi', { ...opened, files: first });
      for (const files of later) {
        pushCommits(stage.world, 'ravi', { repository: KEY, branch: 'tune', commits: ['More'], files });
      }
      return mergePullRequest(stage.world, 'kim', { item: itemOf(pull), method });
    };
    const OFF = 'rollup: { mode: off }\n';

    test.each(['merge', 'squash', 'rebase'] as const)('after a %s', async (method) => {
      await start(OFF);
      merge([HELD, BROKEN], method);
      expect(await inForce()).toMatchObject({ rollupWish: 'unwanted', version: { text: OFF } });
    });

    test.each(['merge', 'squash', 'rebase'] as const)('and the version that a %s brought does', async (method) => {
      await start(OFF);
      const { mergeCommitSha: sha } = merge([BROKEN, HELD], method);
      putFile(stage.world, 'kim', { repository: KEY, path: PATH, text: BROKEN });
      expect((await inForce()).version).toMatchObject({ text: HELD, commit: { sha } });
    });

    test('nor one that was merged into another branch only', async () => {
      await start(OFF);
      merge([HELD], 'merge', 'release');
      const files = [{ path: PATH, text: BROKEN }];
      const pull = openPullRequest(stage.world, 'kim', { repository: KEY, title: 'Cut', branch: 'release', files });
      mergePullRequest(stage.world, 'kim', { item: itemOf(pull) });
      expect((await inForce()).version).toMatchObject({ text: OFF });
    });
  });

  test('versions further back than twenty are not looked at', async () => {
    await start(HELD, ...Array.from({ length: 19 }, (_, n) => `tusks: ${n}\n`));
    expect(await laneLabel()).toBe('stream/*');
    putFile(stage.world, 'kim', { repository: KEY, path: PATH, text: BROKEN });
    const loaded = await loadConfig(stage.context.github, REPOSITORY);
    expect(configInForce(loaded).config.tasks.lane_label).toBe('lane:*');
    expect(loaded.gaps).toEqual([{ cause: 'truncated', what: `history of ${PATH} of octo/harbor`, ...PLACE }]);
  });

  test('one more call looks for it, and none for a file that is valid', async () => {
    await start(HELD);
    const calls = async () => {
      const before = stage.context.github.usage().graphqlCalls;
      await inForce();
      return stage.context.github.usage().graphqlCalls - before;
    };
    const valid = await calls();
    putFile(stage.world, 'kim', { repository: KEY, path: PATH, text: BROKEN });
    expect([valid, await calls()]).toEqual([1, 2]);
  });

  test('it is as if there were none when the history cannot be read, which is a gap', async () => {
    await start('rollup: { mode: off }\n', `rollup: { mode: comment }\n${BROKEN}`);
    stage.sandbox.faults.failNext({ match: { operation: 'ConfigHistory' }, status: 502, times: 20 });
    const loaded = await loadConfig(stage.context.github, REPOSITORY);
    const what = `history of ${PATH} of octo/harbor`;
    expect(loaded.gaps).toEqual([{ cause: 'unavailable', what, ...PLACE }]);
    expect(configInForce(loaded)).toMatchObject({ rollupWish: 'unreadable', version: null });
  });

  test("the owner's holds as well, without a word of it for readers of the repository", async () => {
    await start(null);
    addCollaborator(stage.world, addRepository(stage.world, { owner: 'octo', name: '.github' }), 'kim', 'write');
    for (const text of [HELD, BROKEN]) putFile(stage.world, 'kim', { repository: 'octo/.github', path: PATH, text });
    const { config, remarks, publicRemarks, version } = await inForce();
    expect([config.tasks.lane_label, version, remarks.length]).toEqual(['stream/*', null, 2]);
    expect(publicRemarks).toEqual(["The owner's default configuration has a problem; its last valid version holds."]);
  });
});

describe('a rollup under a broken file', () => {
  const refresh = async () => (await refreshRollup(stage.context, refOf(stage.umbrella))).outcome;
  const OLD = `${ROLLUP_MARKER}\nold`;

  test('is written as the last valid version says, with line, reason, fix and the commit', async () => {
    const [sha = ''] = await start('version: 1\n', HELD, BROKEN);
    expect(await refresh()).toBe('written');
    const [body = ''] = stage.umbrella.comments.map((comment) => comment.body);
    const name = `${sha.slice(0, 7)} of ${stage.world.now().slice(0, 10)}`;
    expect(body).toContain(`its version [${name}](${stage.sandbox.url}/octo/harbor/commit/${sha}) holds.`);
    expect(body).toContain('line 1 (tusks)');
  });

  test.each([
    [
      'is not written when the last valid version says off',
      'rollup: { mode: off }\n',
      'rollup: { mode: comment }\nx: 1\n',
    ],
    ['is not written when the broken file says off', 'rollup: { mode: comment }\n', 'rollup: { mode: off }\nx: 1\n'],
    ['is not written when the broken file says observe', 'version: 1\n', 'rollup: { mode: observe }\nx: 1\n'],
  ])('%s', async (_title, valid, broken) => {
    await start(valid, broken);
    createComment(stage.world, 'kim', { item: itemOf(stage.umbrella), body: OLD });
    expect(await refresh()).toBe('turned_off');
  });

  test.each([
    ['names comment and was never valid', null, 'quiet'],
    ['names comment in place of one that said off', 'rollup: { mode: off }\n', 'turned_off'],
  ])('is not written when the file %s', async (_title, first, outcome) => {
    await start(first, ...Array.from({ length: 3 }, (_, n) => `rollup: { mode: comment }\ntusks: ${n}\n`));
    expect([await refresh(), stage.umbrella.comments]).toEqual([outcome, []]);
  });

  test('is never go while nobody knows which fields it asks for', async () => {
    await start(`tasks: { artifacts: [{ field: Evidence, from: unblocked, is: url }] }\n${BROKEN}`);
    for (const child of stage.children) closeIssue(stage.world, 'kim', { item: itemOf(child) });
    const { rollup, body } = await refreshRollup(stage.context, refOf(stage.umbrella), { dryRun: true, asked: true });
    expect(rollup.integration).toEqual({
      verdict: 'unknown',
      reasons: [{ criterion: 'coverage', effect: 'unknown', ref: null, text: `could not read ${PATH} of octo/harbor` }],
      notJudged: [],
    });
    expect(body).toContain(`No valid version of ${PATH} was found; without it the defaults hold.`);
    expect(body).not.toContain('nothing asks for it');
  });

  test('shows the commit in the output, which its schema accepts', async () => {
    const [sha = ''] = await start(null, HELD, BROKEN);
    const shown = await umbrellaShow.run(stage.context, { ref: '#1' });
    expect(umbrellaShow.output.parse(shown).configVersion?.sha).toBe(sha);
  });
});

describe('doctor', () => {
  const configuration = async () =>
    (await doctor.run(stage.context, {})).probes.filter(({ feature }) => feature === 'configuration');

  test.each([
    ['no file', null, 'none: the defaults hold'],
    ['a valid one', HELD, 'valid'],
  ])('finds %s fine', async (_title, text, detail) => {
    await start(text);
    expect(await configuration()).toMatchObject([{ ok: true, detail }]);
  });

  test("names the owner's file by its repository, and tells of it once where it is the repository's own", async () => {
    await start(null);
    addCollaborator(stage.world, addRepository(stage.world, { owner: 'octo', name: '.github' }), 'kim', 'write');
    putFile(stage.world, 'kim', { repository: 'octo/.github', path: PATH, text: BROKEN });
    const [ofHarbor] = await configuration();
    expect(ofHarbor?.detail).toContain(`${PATH} of octo/.github, line 1 (tusks): in the owner's default`);
    const { probes } = await doctor.run(stage.context, { repository: 'octo/.github' });
    const own = probes.find(({ feature }) => feature === 'configuration');
    expect(own?.detail.match(/not a known key/g)).toHaveLength(1);
  });

  test('says what is wrong and which commit holds', async () => {
    const [sha] = await start(null, HELD, BROKEN);
    const [probe] = await configuration();
    expect(probe?.ok).toBe(false);
    expect(probe?.detail).toMatch(new RegExp(`line 1 .*Did you mean .*holds\\. See http://\\S+/commit/${sha}$`));
  });
});
