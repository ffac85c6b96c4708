import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMirrors } from '../../../src/git/mirrors.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import { putFile } from '../../../src/sandbox/actions/push-commits.ts';
import { addInstallationToken } from '../../../src/sandbox/create-world.ts';
import { newFolder, TEST_ENV } from '../../git/draft-repository.ts';
import { type Running, runSmallWorld, send } from './small-world.ts';

const PORT = 'harbor/port';
const run = promisify(execFile);

let running: Running;
let folder: string;
beforeEach(async () => {
  running = await runSmallWorld();
  folder = newFolder('sandbox-git');
});
afterEach(() => running.sandbox.close());

const git = async (...args: readonly string[]) => (await run('git', [...args], { env: TEST_ENV })).stdout.trim();
const inClone = (...args: readonly string[]) => git('-C', join(folder, 'port.git'), ...args);
const clone = (name = 'port') =>
  git(
    ...['clone', '--quiet', '--mirror', '-c', 'transfer.fsckObjects=true'],
    `${running.sandbox.url}/harbor/${name}.git`,
    join(folder, `${name}.git`),
  );
const open = (title: string, files: Parameters<typeof openPullRequest>[2]['files'] = []) =>
  openPullRequest(running.world, 'ravi', { repository: PORT, title, branch: title.toLowerCase(), files });

test('a clone has the commits, files and people of the world under the ids that the API tells', async () => {
  const pull = open('Crane', [
    { path: 'src/crane.ts', text: 'lift\n' },
    { path: 'docs/crane.md', status: 'added', additions: 214 },
  ]);
  const merged = mergePullRequest(running.world, 'kim', { item: { repository: PORT, number: pull.number } });
  await clone();
  expect(await inClone('rev-list', '--topo-order', 'main')).toBe(
    [merged.mergeCommitSha, pull.headSha, pull.baseSha].join('\n'),
  );
  expect(await inClone('show', 'main:src/crane.ts')).toBe('lift');
  expect(await inClone('diff', '--numstat', 'main^1', 'main')).toBe('214\t0\tdocs/crane.md\n1\t0\tsrc/crane.ts');
  expect(await inClone('log', '-1', '--format=%an <%ae> %aI%n%s', 'main')).toBe(
    `kim <kim@users.noreply.github.com> ${running.world.now().replace('.000Z', 'Z').replace('Z', '+00:00')}\nMerge pull request #1 from harbor/crane`,
  );
  const { body } = await send(running.sandbox, `/repos/${PORT}/commits/main`);
  expect(body).toMatchObject({
    sha: merged.mergeCommitSha,
    commit: { tree: { sha: await inClone('rev-parse', 'main^{tree}') } },
    stats: { total: 215, additions: 215, deletions: 0 },
    files: [
      { filename: 'src/crane.ts', sha: await inClone('rev-parse', 'main:src/crane.ts') },
      { filename: 'docs/crane.md', sha: await inClone('rev-parse', 'main:docs/crane.md') },
    ],
  });
});

test('pull requests have their heads, and those that could be merged a merge', async () => {
  const [crane, quay] = [open('Crane', [{ path: 'a.ts' }]), open('Quay', [{ path: 'b.ts' }])];
  quay.mergeable = 'conflicting';
  await clone();
  const refs = (await inClone('for-each-ref', '--format=%(refname) %(objectname)')).split('\n');
  const merge = await inClone('rev-parse', 'refs/pull/1/merge');
  expect(refs).toEqual([
    `refs/heads/crane ${crane.headSha}`,
    `refs/heads/main ${crane.baseSha}`,
    `refs/heads/quay ${quay.headSha}`,
    `refs/pull/1/head ${crane.headSha}`,
    `refs/pull/1/merge ${merge}`,
    `refs/pull/2/head ${quay.headSha}`,
  ]);
  expect(await inClone('log', '-1', '--format=%P', merge)).toBe(`${crane.baseSha} ${crane.headSha}`);
});

test('a fetch brings what happened since', async () => {
  await clone();
  const sha = putFile(running.world, 'kim', { repository: PORT, path: 'later.md', text: 'later\n' });
  await inClone('fetch', '--quiet');
  expect(await inClone('rev-parse', 'main')).toBe(sha);
  expect(await inClone('fsck', '--strict')).toBe('');
});

test('a mirror of the App is fetched with the token of its installation', async () => {
  const pull = open('Crane', [{ path: 'a.ts' }]);
  addInstallationToken(running.world, { installationId: running.installation.id, token: 'ghs_x' });
  const mirrors = createMirrors({ folder, remote: running.sandbox.url });
  const wish = { branches: ['main'], pulls: [pull.number], token: 'ghs_x' };
  const outcome = await mirrors.use({ owner: 'harbor', repo: 'port' }, wish, async (one) => one);
  expect(outcome).toMatchObject({ ready: true, isNew: true, missing: [] });
  expect(await git('-C', outcome.ready ? outcome.path : '', 'rev-parse', 'refs/pull/1/head')).toBe(pull.headSha);
  const { entries } = running.sandbox.requests;
  expect(entries.map(({ operation, login, points }) => ({ operation, login, points }))).toContainEqual({
    ...{ operation: 'git-upload-pack', login: 'parasol[bot]', points: 0 },
  });
});

const ask = async (repository: string, token: string | null, service = 'git-upload-pack') => {
  const authorization = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
  const address = `${running.sandbox.url}/${repository}.git/info/refs?service=${service}`;
  const answer = await fetch(address, { headers: token === null ? {} : { authorization } });
  return [answer.status, answer.headers.get('www-authenticate')];
};

test('whoever may not read is told so as GitHub tells it', async () => {
  const { world, installation } = running;
  const issued = { installationId: installation.id, token: 'ghs_blind', permissions: { issues: 'write' } as const };
  addInstallationToken(world, issued);
  const challenge = 'Basic realm="GitHub"';
  expect(await ask(PORT, null)).toEqual([200, null]);
  expect(await ask(PORT, 'noor-token')).toEqual([200, null]);
  expect(await ask(PORT, 'unknown')).toEqual([401, challenge]);
  expect(await ask('harbor/vault', null)).toEqual([401, challenge]);
  expect(await ask('harbor/none', null)).toEqual([401, challenge]);
  expect(await ask('harbor/vault', 'kim-token')).toEqual([200, null]);
  expect(await ask('harbor/vault', 'noor-token')).toEqual([404, null]);
  expect(await ask('harbor/vault', 'ghs_blind')).toEqual([403, null]);
  expect(await ask(PORT, 'kim-token', 'git-receive-pack')).toEqual([403, null]);
});

test('faults reach git too', async () => {
  running.sandbox.faults.failNext({ match: { operation: 'git-upload-pack' }, status: 503 });
  await expect(clone()).rejects.toThrow('503');
  running.sandbox.faults.dropConnection({ match: { operation: 'git-upload-pack' } });
  await expect(clone()).rejects.toThrow('Empty reply');
  await clone();
});
