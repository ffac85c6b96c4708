import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildMarker } from '../../../src/core/marker.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import {
  closePullRequest,
  convertToDraft,
  markReady,
  reopenPullRequest,
} from '../../../src/sandbox/actions/edit-pull-request.ts';
import { setInstallationPermissions } from '../../../src/sandbox/actions/installations.ts';
import { label, unlabel } from '../../../src/sandbox/actions/label.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../../src/sandbox/actions/push-commits.ts';
import { addRepository } from '../../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../../src/sandbox/world.ts';
import type { AppServerOptions } from '../../../src/surfaces/app/start-app-server.ts';
import { draftRepository, git } from '../../git/draft-repository.ts';
import { type GitServer, startGitServer } from '../../git/git-server.ts';
import { APP_MANIFEST, at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

const COMMENT = 'version: 1\nrisk: { mode: comment }\n';
const PATCH = '@@ -10,4 +10,4 @@\n one\n-two\n+2\n three\n four';

let app: TestApp;
afterEach(() => app.close());
const start = async (config = COMMENT, options: Partial<AppServerOptions> = {}) => {
  app = await startTestApp(buildTestWorld({ children: 1, config }), options);
};

const touching = (path: string) => [{ path, additions: 1, deletions: 1, patch: PATCH }];
const open = (
  branch: string,
  files = touching('src/quay.ts'),
  rest: { readonly draft?: boolean; readonly base?: string } = {},
) => openPullRequest(app.world, 'kim', { repository: KEY, title: `Work on ${branch}`, branch, files, ...rest });
const checksOf = ({ headSha }: PullRequestRecord) =>
  (app.repository.commits.get(headSha)?.checkRuns ?? []).map(({ name, conclusion, output }) => ({
    name,
    conclusion,
    title: output?.title,
  }));
const told = ({ comments }: PullRequestRecord) =>
  comments.filter(({ author }) => author === 'parasol[bot]').map(({ body }) => body);
const writes = () => app.sandbox.requests.writes().map(({ operation }) => operation);
const likely = (number: number) => ({
  name: 'parasol/risk',
  conclusion: 'neutral',
  title: `Likely to conflict with #${number} (estimated)`,
});
const CLEAR = { name: 'parasol/risk', conclusion: 'neutral', title: 'No conflict with an open pull request' };

const CLOSED = { name: 'parasol/risk', conclusion: 'neutral', title: 'No longer open: not judged' };

describe('the check run parasol/risk', () => {
  test('appears on both sides of a pair, and is neutral again on the other once one moves away', async () => {
    await start();
    const one = open('one');
    await app.settle();
    expect(checksOf(one)).toEqual([]);
    const other = open('other');
    await app.settle();
    expect([checksOf(one), checksOf(other)]).toEqual([[likely(other.number)], [likely(one.number)]]);
    pushCommits(app.world, 'kim', {
      repository: KEY,
      branch: 'other',
      commits: ['Elsewhere'],
      files: touching('docs/a.md'),
      forced: true,
    });
    await app.settle();
    expect([checksOf(one), checksOf(other)]).toEqual([[CLEAR], []]);
    expect(told(one)).toEqual([]);
    expect(app.log).toEqual([]);
  });

  test('of a head that two pull requests have tells of both, at every look, and of one once the other is closed', async () => {
    await start();
    const [one, two] = [open('one'), open('two')];
    await app.settle();
    const twin = open('two', [], { base: 'release' });
    expect(twin.headSha).toBe(two.headSha);
    await app.settle();
    const both = {
      ...likely(one.number),
      title: `#${two.number}: Likely to conflict with #${one.number} (estimated); #${twin.number}: No conflict with an open pull request`,
    };
    expect(checksOf(two)).toEqual([both]);
    app.sandbox.requests.reset();
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'one', commits: ['More'], files: touching('docs/c.md') });
    await app.settle();
    expect(checksOf(two)).toEqual([both]);
    expect(writes().filter((operation) => operation === 'checks/update')).toEqual([]);
    closePullRequest(app.world, 'kim', { item: at(twin) });
    await app.settle();
    expect(checksOf(two)).toEqual([likely(one.number)]);
    expect(app.log).toEqual([]);
  });

  test('is neutral again once the other is closed', async () => {
    await start();
    const one = open('one');
    const other = open('other');
    await app.settle();
    closePullRequest(app.world, 'kim', { item: at(other) });
    await app.settle();
    expect(checksOf(one)).toEqual([CLEAR]);
  });

  test.each(['comment', 'enforce'])(
    'says with %s on the side that was closed or merged that its conflict is over, until it is open again',
    async (mode) => {
      await start(`version: 1\nrisk: { mode: ${mode}, comments: true }\n`);
      open('one');
      const other = open('other');
      const alone = open('alone', touching('docs/b.md'));
      await app.settle();
      const [before, untouched] = [checksOf(other), checksOf(alone)];
      closePullRequest(app.world, 'kim', { item: at(other) });
      closePullRequest(app.world, 'kim', { item: at(alone) });
      await app.settle();
      expect(checksOf(other)).toEqual([CLOSED]);
      expect(checksOf(alone)).toEqual(untouched);
      reopenPullRequest(app.world, 'kim', { item: at(other) });
      await app.settle();
      expect(checksOf(other)).toEqual(before);
      mergePullRequest(app.world, 'kim', { item: at(other) });
      await app.settle();
      expect(checksOf(other)).toEqual([CLOSED]);
      app.sandbox.requests.reset();
      pushCommits(app.world, 'kim', {
        repository: KEY,
        branch: 'one',
        commits: ['More'],
        files: touching('docs/c.md'),
      });
      await app.settle();
      const read = app.sandbox.requests.entries.filter(({ path }) => path.includes(other.headSha));
      expect(read).toEqual([]);
      expect(app.log).toEqual([]);
    },
  );

  test('of a side that is closed is taken back by a process that did not write it', async () => {
    await start();
    const one = open('one');
    const other = open('other');
    await app.settle();
    await app.close();
    app = await startTestApp(app);
    closePullRequest(app.world, 'kim', { item: at(other) });
    await app.settle();
    expect([checksOf(one), checksOf(other)]).toEqual([[CLEAR], [CLOSED]]);
  });

  test('says nothing new when nothing is new, and asks GitHub for each head once', async () => {
    await start();
    open('one');
    open('other');
    await app.settle();
    app.sandbox.requests.reset();
    open('third', touching('docs/b.md'));
    await app.settle();
    expect(writes()).toEqual([]);
    const listed = app.sandbox.requests.entries.filter(({ operation }) => operation === 'pulls/list-files');
    expect(listed).toHaveLength(1);
  });

  test('of an earlier process is taken back by the next one', async () => {
    await start();
    const one = open('one');
    const other = open('other');
    await app.settle();
    await app.server.close();
    closePullRequest(app.world, 'kim', { item: at(other) });
    await app.close();
    app = await startTestApp(app);
    open('third', touching('docs/b.md'));
    await app.settle();
    expect(checksOf(one)).toEqual([CLEAR]);
  });

  test('of what happened while no process ran is put right at the start of the next one, on both sides', async () => {
    await start();
    const [gone, left, moved, met] = [
      open('gone'),
      open('left'),
      open('moved', touching('docs/b.md')),
      open('met', touching('docs/c.md')),
    ];
    await app.settle();
    expect([gone, left, moved, met].map((pull) => checksOf(pull).length)).toEqual([1, 1, 0, 0]);
    await app.server.close();
    closePullRequest(app.world, 'kim', { item: at(gone) });
    pushCommits(app.world, 'kim', {
      ...{ repository: KEY, branch: 'moved', commits: ['Elsewhere'], files: touching('docs/c.md'), forced: true },
    });
    await app.close();
    app = await startTestApp(app);
    await app.settle();
    expect(checksOf(left)).toEqual([CLEAR]);
    expect([moved, met].map(checksOf)).toEqual([[likely(met.number)], [likely(moved.number)]]);
    app.sandbox.requests.reset();
    await app.close();
    app = await startTestApp(app);
    await app.settle();
    expect(writes()).toEqual([]);
  });

  describe('of what was closed or merged while no process ran', () => {
    /** Starts once more after what happened meanwhile; what it asked GitHub for at the start. */
    const restart = async (meanwhile: () => void) => {
      await app.server.close();
      meanwhile();
      await app.close();
      const asked: string[] = [];
      app = await startTestApp(app, {}, (sandbox) =>
        asked.push(...sandbox.requests.entries.map(({ operation }) => operation ?? 'unnamed')),
      );
      await app.settle();
      return asked;
    };
    const WITH_COMMENTS = 'version: 1\nrisk: { mode: enforce, comments: true }\n';

    test('is neutral at the start of the next one, a fork among them, and what no check tells of is not touched', async () => {
      const built = buildTestWorld({ children: 1, config: COMMENT });
      addRepository(built.world, { owner: 'lena', name: 'harbor', forkOf: KEY });
      app = await startTestApp(built);
      const one = open('one');
      const forked = openPullRequest(app.world, 'lena', {
        ...{ repository: KEY, headRepository: 'lena/harbor', title: 'From a fork', branch: 'patch' },
        files: touching('src/quay.ts'),
      });
      const merged = open('merged');
      const alone = open('alone', touching('docs/b.md'));
      await app.settle();
      expect([one, forked, merged, alone].map((pull) => checksOf(pull).length)).toEqual([1, 1, 1, 0]);
      await restart(() => {
        closePullRequest(app.world, 'kim', { item: at(forked) });
        mergePullRequest(app.world, 'kim', { item: at(merged) });
        closePullRequest(app.world, 'kim', { item: at(alone) });
      });
      expect([one, forked, merged, alone].map(checksOf)).toEqual([[CLEAR], [CLOSED], [CLOSED], []]);
      expect(app.log).toEqual([]);
    });

    test('costs one request, finds nothing at a further start, and corrects a comment before the check', async () => {
      await start(WITH_COMMENTS);
      const [one, other] = [open('one'), open('other')];
      await app.settle();
      createComment(app.world, 'parasol[bot]', {
        ...{ item: at(other), body: `${buildMarker('risk', 1)}\n### Conflicts with #${one.number} (verified)\n` },
      });
      await restart(() => closePullRequest(app.world, 'kim', { item: at(other) }));
      expect(checksOf(other)).toEqual([CLOSED]);
      expect(told(other)).toEqual([expect.stringContaining('### No longer open: not judged')]);
      const asked = await restart(() => {});
      expect(asked.filter((operation) => operation === 'ClosedWithCheck')).toHaveLength(1);
      // The one check is that of the open one.
      expect(asked.filter((operation) => operation === 'checks/list-for-ref')).toHaveLength(1);
      expect(asked).not.toContain('Comments');
      expect(writes()).toEqual([]);
    });

    test('stays where an open one has the same head, before and after a start', async () => {
      await start();
      const [one, other] = [open('one'), open('other')];
      await app.settle();
      closePullRequest(app.world, 'kim', { item: at(other) });
      const again = open('other', []);
      expect(again.headSha).toBe(other.headSha);
      await app.settle();
      expect(checksOf(again)).toEqual([likely(one.number)]);
      await restart(() => {});
      expect(checksOf(again)).toEqual([likely(one.number)]);
    });

    test("is nobody else's of that name, and is not looked for where nothing is written", async () => {
      await start();
      const [, other] = [open('one'), open('other')];
      await app.settle();
      const head = app.repository.commits.get(other.headSha);
      for (const run of head?.checkRuns ?? []) Object.assign(run, { app: 'github-actions' });
      await restart(() => closePullRequest(app.world, 'kim', { item: at(other) }));
      expect(checksOf(other)).toMatchObject([{ title: expect.stringContaining('Likely to conflict') }]);
      await app.close();
      const quiet = buildTestWorld({ children: 1, config: 'version: 1\n' });
      app = await startTestApp(quiet);
      expect(await restart(() => {})).not.toContain('ClosedWithCheck');
    });
  });

  test('of what was opened before the start is looked at again after pushes to its base, whichever branch that is, and no other', async () => {
    const built = buildTestWorld({ children: 1, config: COMMENT });
    const into = (branch: string) =>
      openPullRequest(built.world, 'kim', {
        ...{ repository: KEY, title: `Work on ${branch}`, branch, base: 'release', files: touching('src/quay.ts') },
      });
    const [one, other] = [into('one'), into('other')];
    app = await startTestApp(built);
    await app.settle();
    expect([checksOf(one), checksOf(other)]).toEqual([[likely(other.number)], [likely(one.number)]]);
    app.sandbox.requests.reset();
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'release', commits: ['Fix a leak'] });
    await app.settle();
    expect(app.sandbox.requests.entries).not.toEqual([]);
    app.sandbox.requests.reset();
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'nobodys', commits: ['Try it'] });
    await app.settle();
    expect(app.sandbox.requests.entries).toEqual([]);
  });

  test.each([false, true])(
    'tells what a stacked one meets on the main branch, and on what it stands (a draft: %s)',
    async (draft) => {
      await start('version: 1\nrisk: { mode: enforce }\n');
      const below = open('below', touching('src/gate.ts'), { draft });
      const top = open('top', touching('src/quay.ts'), { base: 'below' });
      const other = open('other');
      await app.settle();
      const title = (number: number) => `Likely to conflict with #${number} (estimated)`;
      expect([top, other].map((pull) => checksOf(pull).map((check) => check.title?.replace(/: .*/, '')))).toEqual([
        [title(other.number)],
        [title(top.number)],
      ]);
      expect(checksOf(below)).toMatchObject([{ conclusion: draft ? 'action_required' : 'success' }]);
      const [check] = app.repository.commits.get(top.headSha)?.checkRuns ?? [];
      expect(check?.output?.summary?.replaceAll('\u200b', '')).toContain(
        `stacked: #${top.number} depends on #${below.number}`,
      );
      createComment(app.world, 'kim', { item: at(other), body: '/parasol risk' });
      await app.settle();
      expect(told(other)).toEqual([expect.stringContaining(`| #${top.number} Work on top |`)]);
    },
  );

  test('leaves out drafts', async () => {
    await start();
    const one = open('one');
    const draft = open('draft', touching('src/quay.ts'), { draft: true });
    await app.settle();
    expect([checksOf(one), checksOf(draft)]).toEqual([[], []]);
  });

  test.each([
    ['comment', 'neutral'],
    ['enforce', 'action_required'],
  ])(
    'of a pull request that becomes a draft says with %s that it is not judged, until it is ready',
    async (mode, conclusion) => {
      await start(`version: 1\nrisk: { mode: ${mode} }\n`);
      const one = open('one');
      const other = open('other');
      await app.settle();
      const before = checksOf(one);
      convertToDraft(app.world, 'kim', { item: at(one) });
      await app.settle();
      expect(checksOf(one)).toEqual([{ name: 'parasol/risk', conclusion, title: 'A draft: not judged' }]);
      expect(checksOf(other)).toMatchObject([{ title: 'No conflict with an open pull request' }]);
      app.sandbox.requests.reset();
      open('third', touching('docs/b.md'));
      await app.settle();
      expect(checksOf(one)).toMatchObject([{ title: 'A draft: not judged' }]);
      markReady(app.world, 'kim', { item: at(one) });
      await app.settle();
      expect(checksOf(one)).toEqual(before);
    },
  );

  test('stands on every pull request with enforce, lets whoever goes first pass, and fails none for an estimate', async () => {
    await start('version: 1\nrisk: { mode: enforce }\n');
    const [one, other, alone] = [open('one'), open('other'), open('alone', touching('docs/b.md'))];
    await app.settle();
    const conclusions = [one, other, alone].map((pull) => checksOf(pull).map(({ conclusion }) => conclusion));
    expect(conclusions).toEqual([['neutral'], ['action_required'], ['success']]);
    expect(checksOf(one)).toMatchObject([
      { title: `Likely to conflict with #${other.number} (estimated): merges first` },
    ]);
    closePullRequest(app.world, 'kim', { item: at(one) });
    await app.settle();
    expect(checksOf(other)).toMatchObject([{ conclusion: 'success' }]);
  });

  test('with enforce lets another go first once it gets a label with priority, and reads nothing for other labels', async () => {
    await start('version: 1\nrisk: { mode: enforce, priority_labels: [urgent] }\n');
    const [one, other] = [open('one'), open('other')];
    await app.settle();
    const conclusions = () => [one, other].map((pull) => checksOf(pull).map(({ conclusion }) => conclusion));
    expect(conclusions()).toEqual([['neutral'], ['action_required']]);
    label(app.world, 'kim', { item: at(other), labels: ['Urgent'] });
    await app.settle();
    expect(conclusions()).toEqual([['action_required'], ['neutral']]);
    unlabel(app.world, 'kim', { item: at(other), label: 'Urgent' });
    await app.settle();
    expect(conclusions()).toEqual([['neutral'], ['action_required']]);
    app.sandbox.requests.reset();
    label(app.world, 'kim', { item: at(other), labels: ['bug'] });
    await app.settle();
    expect(app.sandbox.requests.entries).toEqual([]);
  });

  test.each([['version: 1\n'], ['version: 1\nrisk: { mode: observe }\n'], ['version: 1\nrisk: { mode: off }\n']])(
    'is not made with %j, and no pull request is read for it',
    async (config) => {
      await start(config);
      open('one');
      open('other');
      await app.settle();
      expect(writes()).toEqual([]);
      expect(app.sandbox.requests.entries.map(({ operation }) => operation)).not.toContain('pulls/list-files');
    },
  );

  test('without the permission for checks nothing is written, the log says why, and the rest goes on', async () => {
    await start();
    const permissions = { ...APP_MANIFEST.default_permissions, checks: 'read' as const };
    setInstallationPermissions(app.world, 'kim', { installation: app.installation.id, permissions });
    await app.settle();
    const one = open('one');
    open('other');
    await app.settle();
    expect(checksOf(one)).toEqual([]);
    expect(app.log.length).toBeGreaterThan(0);
    for (const entry of app.log)
      expect(entry).toMatchObject({
        level: 'error',
        message: 'could not tell the integration risk in octo/harbor',
        cause: { code: 'forbidden', hint: 'Only an App with the permission `checks: write` may make check runs.' },
      });
    const comment = createComment(app.world, 'kim', { item: at(app.umbrella), body: '/parasol rollup' });
    await app.settle();
    expect(comment.reactions.map(({ content }) => content)).toEqual(['+1']);
  });
});

describe('/parasol risk', () => {
  const ask = async (pull: { readonly number: number }, by = 'kim', words = '') => {
    const comment = createComment(app.world, by, { item: at(pull), body: `/parasol risk${words}` });
    await app.settle();
    return comment.reactions.map(({ content }) => content);
  };

  test('answers with what the pull request conflicts with, whatever the mode', async () => {
    await start('version: 1\n');
    const one = open('one');
    const other = open('other');
    await app.settle();
    expect(await ask(one)).toEqual(['+1']);
    expect(told(one)).toEqual([expect.stringContaining('(estimated)')]);
    expect(told(one)[0]).toContain(`#${other.number} Work on other`);
    expect([checksOf(one), checksOf(other)]).toEqual([[], []]);
  });

  test('does not answer for one pull request when another is named', async () => {
    await start('version: 1\n');
    const [one, other] = [open('one'), open('other')];
    await app.settle();
    for (const name of [`#${other.number}`, `${other.number}`, `octo/harbor#${other.number}`]) {
      expect(await ask(one, 'kim', ` ${name}`)).toEqual(['confused']);
      expect(told(one).at(-1)).toContain('Comment it, without a number, on the one that you mean.');
    }
    expect(await ask(one, 'kim', ` #${one.number} please`)).toEqual(['+1']);
    expect(told(one).at(-1)).toContain(`#${other.number} Work on other`);
  });

  test('is answered for a draft, and refused on an issue and to people without triage permission', async () => {
    await start('version: 1\n');
    const one = open('one');
    const draft = open('draft', touching('src/quay.ts'), { draft: true });
    await app.settle();
    await ask(draft);
    expect(told(draft)[0]).toContain(`#${one.number} Work on one`);
    expect(await ask(app.umbrella)).toEqual(['confused']);
    expect(await ask(one, 'ravi')).toEqual(['-1']);
    expect(told(one)).toEqual([]);
  });

  test.each([['{ mode: comment, comments: true }'], ['{ mode: enforce }']])(
    'about a draft changes with %s no check and no comment of anybody, and is answered once more',
    async (risk) => {
      await start(`version: 1\nrisk: ${risk}\n`);
      const [one, other] = [open('one'), open('other')];
      const draft = open('draft', touching('src/quay.ts'), { draft: true });
      await app.settle();
      const said = () => ({ checks: [one, other, draft].map(checksOf), comments: [one, other].map(told) });
      const before = said();
      expect([await ask(draft), await ask(draft)]).toEqual([['+1'], ['+1']]);
      expect(told(draft).map((body) => [one, other].map(({ number }) => body.includes(`#${number} Work on`)))).toEqual([
        [true, true],
        [true, true],
      ]);
      expect(said()).toEqual(before);
      open('third', touching('docs/b.md'));
      await app.settle();
      expect(said()).toEqual(before);
    },
  );
});

describe('the rollup', () => {
  const rollup = () => app.ownComments()[0]?.body ?? '';
  const cell = (number: number) => `⚠ likely conflicts with #\u200b${number} (estimated)`;

  test("names what a task's pull request conflicts with while it does", async () => {
    await start();
    const task = app.children[0]?.number;
    const one = openPullRequest(app.world, 'kim', {
      ...{ repository: KEY, title: 'Work', branch: 'one', files: touching('src/quay.ts') },
      body: `Closes #${task}`,
    });
    const other = open('other');
    await app.settle();
    expect(checksOf(one)).toEqual([likely(other.number)]);
    expect(rollup()).toContain(cell(other.number));
    closePullRequest(app.world, 'kim', { item: at(other) });
    await app.settle();
    expect(rollup()).not.toContain('conflicts with');
  });

  test('does not take our own check for a test that passed', async () => {
    await start();
    const one = openPullRequest(app.world, 'kim', {
      ...{ repository: KEY, title: 'Work', branch: 'one', files: touching('src/quay.ts') },
      body: `Closes #${app.children[0]?.number}`,
    });
    await app.settle();
    const before = rollup();
    expect(before).toContain('no checks');
    const other = open('other');
    await app.settle();
    expect(checksOf(one)).toEqual([likely(other.number)]);
    expect(rollup()).toContain(cell(other.number));
    expect(rollup()).toContain('no checks');
  });

  test('names it with observe once somebody asked, until a pull request changes', async () => {
    await start('version: 1\n');
    const one = openPullRequest(app.world, 'kim', {
      ...{ repository: KEY, title: 'Work', branch: 'one', files: touching('src/quay.ts') },
      body: `Closes #${app.children[0]?.number}`,
    });
    const other = open('other');
    await app.settle();
    expect(rollup()).not.toContain('conflicts with');
    createComment(app.world, 'kim', { item: at(other), body: '/parasol risk' });
    await app.settle();
    expect(rollup()).toContain(cell(other.number));
    pushCommits(app.world, 'kim', { repository: KEY, branch: 'other', commits: ['More'], files: touching('b.md') });
    await app.settle();
    expect(rollup()).not.toContain('conflicts with');
    expect([checksOf(one), checksOf(other)]).toEqual([[], []]);
  });
});

describe('with a clone', () => {
  let root: string;
  let server: GitServer;
  let shas: ReadonlyMap<number, string>;
  const served = () => join(root, 'served', 'octo', 'harbor.git');
  const clones = () => ({ folder: join(root, 'clones'), remote: server.url });
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'parasol-app-risk-'));
    const draft = draftRepository();
    const quay = (line: string) => ({ 'quay.ts': `one\n${line}three\n` });
    const first = draft.commit({
      branch: 'refs/heads/main',
      files: { ...quay(''), 'dock.ts': "import './quay.ts';\n", 'port.ts': "import './dock.ts';\n" },
    });
    const side = draft.commit({ branch: 'refs/heads/side', parents: [first], files: quay('side\n') });
    const ours = draft.commit({ branch: 'refs/heads/main', parents: [first], files: quay('ours\n') });
    const main = draft.commit({ branch: 'refs/heads/main', parents: [ours, side], files: quay('two\n') });
    for (const [n, line] of ['2\n', 'zwei\n'].entries())
      draft.commit({ branch: `refs/heads/head-${n}`, parents: [main], files: quay(line) });
    shas = draft.write(served());
    server = await startGitServer(join(root, 'served'), (token) => token.startsWith('ghs_'));
  });
  afterEach(async () => {
    await server.close().catch(() => {});
    rmSync(root, { recursive: true, force: true });
  });
  /** The pull request has one of the two heads that were drafted. */
  const withHead = (pull: PullRequestRecord, place: 0 | 1) => {
    const sha = shas.get(5 + place) ?? '';
    const made = app.repository.commits.get(pull.headSha);
    if (made !== undefined) app.repository.commits.set(sha, { ...made, sha });
    Object.assign(pull, { headSha: sha, commits: [sha] });
    git(served(), ['update-ref', `refs/pull/${pull.number}/head`, sha]);
    return pull;
  };

  test('conflicts are verified by trial merges of the very heads, one comment says so, and the log tells of the clone', async () => {
    await start('risk: { mode: comment, comments: true }\n', { clones: clones() });
    const [one, other] = [withHead(open('one'), 0), withHead(open('other'), 1)];
    await app.settle();
    const title = (number: number) => `Conflicts with #${number} (verified)`;
    expect([one, other].map((pull) => checksOf(pull).map((check) => check.title))).toEqual([
      [title(other.number)],
      [title(one.number)],
    ]);
    expect([told(one).length, told(other).length]).toEqual([1, 1]);
    expect(told(one)[0]).toContain('<code>quay.ts</code> line 2 | verified');
    expect(app.sandbox.requests.entries.map(({ operation }) => operation)).not.toContain('pulls/list-files');
    expect(app.log.map(({ level, message }) => `${level}: ${message}`)).toContain(
      'info: the clone of octo/harbor is new and takes 1 MB',
    );
    await server.close();
    open('third');
    await app.settle();
    expect(app.log.map(({ level }) => level)).toContain('warn');
    expect(told(one)).toEqual([expect.stringContaining('(estimated)')]);
    expect(JSON.stringify(app.log)).not.toContain('ghs_');
  });

  test('with enforce the check fails for whoever goes second alone, and asking about a draft fails nobody', async () => {
    await start('risk: { mode: enforce }\n', { clones: clones() });
    const [one, other] = [withHead(open('one'), 0), withHead(open('other'), 1)];
    await app.settle();
    const conclusions = () =>
      [one, other].map((pull) => checksOf(pull).map(({ conclusion, title }) => [conclusion, title]));
    expect(conclusions()).toEqual([
      [['neutral', `Conflicts with #${other.number} (verified): merges first`]],
      [['failure', `Conflicts with #${one.number} (verified)`]],
    ]);
    convertToDraft(app.world, 'kim', { item: at(one) });
    createComment(app.world, 'kim', { item: at(one), body: '/parasol risk' });
    await app.settle();
    expect(told(one)).toEqual([expect.stringContaining(`| #${other.number} Work on other |`)]);
    expect(conclusions()).toEqual([
      [['action_required', 'A draft: not judged']],
      [['success', 'No conflict with an open pull request']],
    ]);
  });

  test('who asks is told what redoing it costs, and how often that conflicted, learned once', async () => {
    await start(COMMENT, { clones: clones(), now: () => '2023-11-15T00:00:00Z' });
    const [one] = [withHead(open('one'), 0), withHead(open('other'), 1)];
    await app.settle();
    createComment(app.world, 'kim', { item: at(one), body: '/parasol risk' });
    await app.settle();
    expect(told(one)[0]?.split('What redoing it would cost:\n\n')[1]?.split('\n').slice(0, 3)).toEqual([
      '- 2 files depend on <code>quay.ts</code>',
      '- 2 lines of <code>quay.ts</code> to redo',
      '- of 1 earlier merges of quay.ts, old ones counted for less, 1 conflicted',
    ]);
    const learned = app.log.filter(({ message }) => message.startsWith('learned'));
    expect(learned.map(({ message }) => message)).toEqual([
      'learned from 1 more merge of octo/harbor which files conflict',
    ]);
  });
});
