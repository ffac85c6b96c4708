import { afterEach, describe, expect, test } from 'vitest';
import type { RefreshResult } from '../../../src/operations/refresh-rollup.ts';
import { assign } from '../../../src/sandbox/actions/assign.ts';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { setVisibility } from '../../../src/sandbox/actions/change-repository.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { setInstallationPermissions } from '../../../src/sandbox/actions/installations.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { reportCheckRun, reportStatus } from '../../../src/sandbox/actions/report-checks.ts';
import { addCollaborator, addRepository } from '../../../src/sandbox/create-world.ts';
import type { Permissions } from '../../../src/sandbox/world.ts';
import { APP_MANIFEST, at, buildTestWorld, KEY, startTestApp, type TestApp } from './test-app.ts';

let app: TestApp;
afterEach(() => app.close());

const rollup = () => app.ownComments()[0]?.body ?? '';

const without = (name: string): Permissions =>
  Object.fromEntries(Object.entries(APP_MANIFEST.default_permissions).filter(([key]) => key !== name));

/** An umbrella that could go: its one child is integrated by a merged pull request, with a check and a status. */
function buildReadyWorld(permissions: Permissions) {
  const built = buildTestWorld({ children: 1, visibility: 'private', permissions });
  const pull = openPullRequest(built.world, 'kim', {
    repository: KEY,
    title: 'Work',
    body: 'Closes #2',
    branch: 'work',
  });
  const on = { repository: KEY, sha: pull.headSha };
  reportCheckRun(built.world, 'kim', { ...on, name: 'unit', conclusion: 'success' });
  reportStatus(built.world, 'kim', { ...on, context: 'ci/unit', state: 'success' });
  return { built, pull };
}

/** The umbrella's rollup after its child's pull request was merged, as an App with these permissions sees it. */
async function refreshWith(permissions: Permissions): Promise<RefreshResult | undefined> {
  const { built, pull } = buildReadyWorld(permissions);
  app = await startTestApp(built);
  const seen: RefreshResult[] = [];
  app.server.onRefresh(({ result }) => seen.push(result));
  mergePullRequest(built.world, 'kim', { item: at(pull) });
  await app.settle();
  return seen.at(-1);
}

describe('with every permission of app.yml', () => {
  test('a finished umbrella is "go"', async () => {
    expect((await refreshWith(APP_MANIFEST.default_permissions))?.rollup.integration.verdict).toBe('go');
  });
});

describe('a permission that is taken away', () => {
  test.each(['pull_requests', 'contents'])(
    '%s: the same umbrella is "unknown", and what could not be read is named',
    async (name) => {
      const result = await refreshWith(without(name));
      const rollup = result?.rollup;
      const gaps = [...(rollup?.gaps ?? []), ...(rollup?.children ?? []).flatMap((child) => child.gaps)];
      expect(rollup?.integration.verdict).toBe('unknown');
      expect(gaps.map(({ permission }) => permission)).toContain(`${name}: read`);
      expect(result?.body.replaceAll('\\', '')).toContain(`would help: ${name}: read`);
      expect(app.log).toEqual([]);
    },
  );

  test.each(['checks', 'statuses'])('%s: nobody asks any more for those of what is merged', async (name) => {
    const result = await refreshWith(without(name));
    expect([result?.rollup.integration.verdict, result?.rollup.gaps]).toEqual(['go', []]);
  });

  test('metadata: GitHub grants it to every App, asked for or not, so nothing is lost', async () => {
    const result = await refreshWith(without('metadata'));
    expect([result?.rollup.integration.verdict, result?.rollup.gaps]).toEqual(['go', []]);
    const comment = createComment(app.world, 'kim', { item: at(app.umbrella), body: '/parasol rollup' });
    await app.settle();
    expect(comment.reactions.map(({ content }) => content)).toEqual(['+1']);
    setVisibility(app.world, 'kim', { repository: KEY, visibility: 'public' });
    await app.settle();
    expect(app.sender.log.map(({ event, action }) => `${event}.${action}`)).toContain('repository.publicized');
    expect(app.log).toEqual([]);
  });

  test('issues altogether: nothing is written, and the log says why', async () => {
    app = await startTestApp(buildTestWorld({ permissions: without('issues') }));
    expect(app.ownComments()).toEqual([]);
    expect(app.log.map(({ level }) => level)).toEqual(['error']);
  });

  test('issues: nothing is written, and the log says why', async () => {
    app = await startTestApp(buildTestWorld({ permissions: { ...APP_MANIFEST.default_permissions, issues: 'read' } }));
    expect(app.ownComments()).toEqual([]);
    expect(app.log).toMatchObject([
      { level: 'error', message: 'could not refresh the rollup of octo/harbor#1', cause: { code: 'forbidden' } },
    ]);
  });

  test.each(['checks', 'statuses'])('%s, while the App runs: the next rollup already says so', async (name) => {
    app = await startTestApp(buildReadyWorld(APP_MANIFEST.default_permissions).built);
    const { children, installation, umbrella, world } = app;
    const permissions = without(name);
    setInstallationPermissions(world, 'kim', { installation: installation.id, permissions });
    closeIssue(world, 'kim', { item: at(children[0] ?? umbrella) });
    await app.settle();
    expect(rollup()).toContain(`${name}: read`);
  });
});

describe('what readers of the umbrella may not see', () => {
  test('a private child of a public umbrella is counted and not named', async () => {
    const built = buildTestWorld({ children: 1 });
    addRepository(built.world, { owner: 'octo', name: 'vault', visibility: 'private' });
    const secret = openIssue(built.world, 'kim', { repository: 'octo/vault', title: 'Buy the rival' });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(secret, 'octo/vault') });
    app = await startTestApp(built);
    expect(rollup()).toContain('1 private task');
    expect(rollup()).not.toMatch(/rival|vault/);
    closeIssue(built.world, 'kim', { item: at(secret, 'octo/vault') });
    await app.settle();
    expect(rollup()).not.toMatch(/rival|vault/);
  });

  test('private work on a public task is named nowhere: pull request, branch, check, blocker, assignee, artifact', async () => {
    const config =
      'tasks:\n  artifacts: [{ field: Evidence, from: unblocked, is: url }, { field: Branch, from: unblocked }]\n';
    const built = buildTestWorld({ children: 2, config });
    const { world, children, umbrella } = built;
    const [first = umbrella, second = umbrella] = children;
    const vault = addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
    addCollaborator(world, vault, 'lena', 'write');
    const repository = 'octo/vault';
    const blocker = openIssue(world, 'lena', { repository, title: 'Hidden blocker' });
    assign(world, 'noor', { item: at(blocker, repository), assignees: ['lena'] });
    addBlockedBy(world, 'noor', { blocked: at(first), blocker: at(blocker, repository) });
    const pull = openPullRequest(world, 'lena', {
      repository,
      title: 'Hidden work',
      body: `Closes octo/harbor#${second.number}\n\nEvidence: https://hidden.example/run`,
      branch: 'hidden-branch',
    });
    reportCheckRun(world, 'noor', { repository, sha: pull.headSha, name: 'hidden check', conclusion: 'failure' });
    app = await startTestApp(built);
    expect(rollup()).toContain('Task 2');
    expect(rollup()).not.toMatch(/vault|hidden|lena/i);
  });

  test.each([
    ['a mention', 'ping @everyone and @kim', /(^|[^`\w])@(everyone|kim)\b/],
    ['a tag', 'x <script>alert(1)</script>', /<script/],
    ['a table border', 'a | b | c', /[^\\]\| b/],
    ['a code fence', '```js\nlet x\n```', /`{3}/],
    ['a closing keyword', 'closes #1 and octo/harbor#2', /closes #1\b/],
    ['a comment that ends early', 'x --> <!-- parasol:rollup v1 -->', /.<!-- parasol:rollup/],
  ])('%s in a title is shown as text', async (_title, title, raw) => {
    const built = buildTestWorld({ children: 0 });
    const child = openIssue(built.world, 'kim', { repository: KEY, title });
    addSubIssue(built.world, 'kim', { parent: at(built.umbrella), child: at(child) });
    app = await startTestApp(built);
    expect(app.ownComments()).toHaveLength(1);
    expect(rollup()).not.toMatch(raw);
  });
});
