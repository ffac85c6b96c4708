import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { findAffectedUmbrellas } from '../../src/operations/find-affected-umbrellas.ts';
import type { Subject } from '../../src/operations/subject.ts';
import { editPullRequest } from '../../src/sandbox/actions/edit-pull-request.ts';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../src/sandbox/actions/push-commits.ts';
import { addApp, addInstallation, addInstallationToken, addRepository } from '../../src/sandbox/create-world.ts';
import type { PullRequestRecord } from '../../src/sandbox/world.ts';
import { KEY, REPOSITORY, refOf, type SandboxedUmbrella, startSandboxedUmbrella } from './sandboxed-umbrella.ts';

let stage: SandboxedUmbrella;
let pull: PullRequestRecord;
beforeEach(async () => {
  stage = await startSandboxedUmbrella();
  addRepository(stage.world, { owner: 'noor', name: 'harbor', forkOf: KEY });
  pull = openPullRequest(stage.world, 'noor', {
    repository: KEY,
    title: 'Work',
    body: 'Closes #2',
    branch: 'work',
    headRepository: 'noor/harbor',
  });
});
afterEach(() => stage.sandbox.close());

const find = (...subjects: readonly Subject[]) => findAffectedUmbrellas(stage.context, subjects);
/** A client with the token of an App that is installed for the whole account. */
async function startInstallation() {
  const permissions = { metadata: 'read', issues: 'write', contents: 'read' } as const;
  const app = addApp(stage.world, { slug: 'parasol', permissions, events: [], webhookSecret: 'x', publicKey: '' });
  const { id } = addInstallation(stage.world, { appId: app.id, account: 'octo', permissions });
  addInstallationToken(stage.world, { token: 'installed', installationId: id });
  return { installation: connectWithToken({ token: 'installed', apiUrl: stage.sandbox.apiUrl, pace: 'sandbox' }) };
}

const child = () => stage.children[0];

const leads: readonly [title: string, subject: () => Subject][] = [
  ['a child', () => ({ kind: 'issue', ref: refOf(child()), nodeId: child().nodeId })],
  ['the umbrella itself', () => ({ kind: 'umbrella', ref: refOf(stage.umbrella), nodeId: stage.umbrella.nodeId })],
  ['the umbrella, known only by its address', () => ({ kind: 'umbrella', ref: refOf(stage.umbrella), nodeId: null })],
  ["a task's pull request from a fork", () => ({ kind: 'pull_request', ref: refOf(pull) })],
  ['its head commit', () => ({ kind: 'commit', repository: REPOSITORY, sha: pull.headSha })],
  ['the repository', () => ({ kind: 'repository', repository: REPOSITORY })],
];

test.each(leads)('%s leads to the umbrella', async (_title, subject) => {
  expect(await find(subject())).toEqual({ umbrellas: [refOf(stage.umbrella)], failed: [], gaps: [] });
});

test('all of them together lead to it once', async () => {
  expect(await find(...leads.map(([, subject]) => subject()))).toEqual({
    umbrellas: [refOf(stage.umbrella)],
    failed: [],
    gaps: [],
  });
});

test('an umbrella that is gone leads to itself alone', async () => {
  const gone = refOf({ number: 999 });
  expect(await find({ kind: 'umbrella', ref: gone, nodeId: null })).toEqual({
    umbrellas: [gone],
    failed: [],
    gaps: [],
  });
});

test('what a pull request named before leads to the umbrella', async () => {
  const lonely = openPullRequest(stage.world, 'noor', { repository: KEY, title: 'Other', branch: 'other' });
  const ref = refOf(lonely);
  expect([
    await find({ kind: 'pull_request', ref }),
    await find({ kind: 'former_text', ref, title: null, body: 'Closes #2' }),
    await find({ kind: 'former_text', ref, title: 'Before', body: 'see #2' }),
  ]).toEqual([
    { umbrellas: [], failed: [], gaps: [] },
    { umbrellas: [refOf(stage.umbrella)], failed: [], gaps: [] },
    { umbrellas: [], failed: [], gaps: [] },
  ]);
});

test('a commit that a force-push dropped leads to the umbrella, from a fork too', async () => {
  const push = (commits: readonly string[], forced: boolean) =>
    pushCommits(stage.world, 'noor', { repository: 'noor/harbor', branch: 'work', commits, forced });
  editPullRequest(stage.world, 'noor', { item: { repository: KEY, number: pull.number }, body: '' });
  const ref = refOf(pull);
  const first = push(['Fixes #2'], false);
  const second = push(['More'], false);
  const third = push(['Work'], true);
  expect([
    await find({ kind: 'former_commits', ref, before: first, after: second }),
    await find({ kind: 'former_commits', ref, before: second, after: third }),
    await find({ kind: 'former_commits', ref, before: 'f'.repeat(40), after: third }),
  ]).toEqual([
    { umbrellas: [], failed: [], gaps: [] },
    { umbrellas: [refOf(stage.umbrella)], failed: [], gaps: [] },
    { umbrellas: [], failed: [], gaps: [] },
  ]);
});

test('of an installation, only the repository that fails comes back', async () => {
  const { installation } = await startInstallation();
  addRepository(stage.world, { owner: 'octo', name: 'broken', files: { '.github/parasol.yml': 'version: 1\n' } });
  stage.sandbox.faults.failNext({ status: 502, times: 100, match: { path: '/repos/octo/broken/issues' } });
  const found = await findAffectedUmbrellas({ github: installation }, [{ kind: 'installation' }]);
  expect(found).toMatchObject({
    umbrellas: [refOf(stage.umbrella)],
    failed: [
      { subject: { kind: 'repository', repository: { repo: 'broken' } }, cause: { code: 'github_unavailable' } },
    ],
  });
});

test('a subject that fails comes back, the others are followed', async () => {
  stage.sandbox.faults.failNext({ status: 503, times: 100, match: { path: /\/commits\// } });
  const commit: Subject = { kind: 'commit', repository: REPOSITORY, sha: pull.headSha };
  const found = await find(commit, { kind: 'issue', ref: refOf(child()), nodeId: child().nodeId });
  expect(found).toMatchObject({
    umbrellas: [refOf(stage.umbrella)],
    failed: [{ subject: commit, cause: { code: 'github_unavailable' } }],
  });
});
