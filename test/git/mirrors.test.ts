import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MirrorOutcome } from '../../src/git/fetch-mirror.ts';
import { createMirrors, type Mirrors } from '../../src/git/mirrors.ts';
import { settingsForRemote } from '../../src/git/remote-settings.ts';
import { draftRepository, git } from './draft-repository.ts';
import { type GitServer, startGitServer } from './git-server.ts';

const TOKEN = 'ghs_aTokenOfTheTests';
const HARBOR = { owner: 'octo', repo: 'Harbor' };
const WISH = { branches: ['main'], pulls: [1, 2], token: TOKEN };

let root: string;
let remote: string;
let clones: string;
let server: GitServer;
let mirrors: Mirrors;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'parasol-mirror-'));
  remote = join(root, 'served', 'octo', 'Harbor.git');
  clones = join(root, 'clones');
  const draft = draftRepository();
  const first = draft.commit({ branch: 'refs/heads/main', files: { 'a.ts': 'one\n' } });
  draft.commit({ branch: 'refs/heads/other', parents: [first], files: { 'b.ts': 'x\n' } });
  for (const number of [1, 2, 3])
    draft.commit({ branch: `refs/pull/${number}/head`, parents: [first], files: { 'a.ts': `of ${number}\n` } });
  draft.write(remote);
  git(remote, ['tag', 'v1', 'main']);
  server = await startGitServer(join(root, 'served'), (token) => token === TOKEN);
  mirrors = createMirrors({ folder: clones, remote: server.url });
});
afterEach(async () => {
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const fetched = (wish: Partial<typeof WISH> = {}, of = mirrors): Promise<MirrorOutcome> =>
  of.use(HARBOR, { ...WISH, ...wish }, async (outcome) => outcome);
const refsOf = (folder: string) =>
  git(folder, ['for-each-ref', '--format=%(objectname) %(refname)']).trim().split('\n');
const refs = (outcome: MirrorOutcome) => (outcome.ready ? refsOf(outcome.path) : [outcome.reason]);
const named = (...names: readonly string[]) =>
  refsOf(remote).filter((line) => names.some((name) => line.endsWith(` ${name}`)));

test('a clone has the branches and pull requests that were asked for, and neither tags nor hooks', async () => {
  const outcome = await fetched();
  expect(outcome).toEqual({
    ...{ ready: true, isNew: true, missing: [], bytes: expect.any(Number) },
    path: join(clones, new URL(server.url).host.replace(':', '_'), 'octo', 'harbor.git'),
  });
  expect(refs(outcome)).toEqual(named('refs/heads/main', 'refs/pull/1/head', 'refs/pull/2/head'));
  expect(outcome.ready && existsSync(join(outcome.path, 'hooks'))).toBe(false);
  expect(await fetched()).toMatchObject({ ready: true, isNew: false });
});

test('a head that was pushed over follows, and one of a closed pull request goes', async () => {
  await fetched();
  git(remote, ['update-ref', 'refs/pull/1/head', 'refs/heads/other']);
  const outcome = await fetched({ pulls: [1] });
  expect(refs(outcome)).toEqual(named('refs/heads/main', 'refs/pull/1/head'));
  expect(refs(outcome)[1]?.slice(0, 40)).toBe(named('refs/heads/other')[0]?.slice(0, 40));
});

test('a branch takes the place of a former one whose name is in its way', async () => {
  git(remote, ['update-ref', 'refs/heads/release', 'main']);
  await fetched({ branches: ['release'] });
  git(remote, ['update-ref', '-d', 'refs/heads/release']);
  git(remote, ['update-ref', 'refs/heads/release/2', 'main']);
  expect(await fetched({ branches: ['release/2'] })).toMatchObject({ ready: true, isNew: false, missing: [] });
});

test('a head that the remote does not have is named, the others are fetched', async () => {
  const outcome = await fetched({ pulls: [1, 9] });
  expect(outcome).toMatchObject({ ready: true, missing: ['refs/pull/9/head'] });
  expect(refs(outcome)).toEqual(named('refs/heads/main', 'refs/pull/1/head'));
});

test('a wrong token and a vanished repository are said, and what was fetched before stays', async () => {
  const before = refs(await fetched());
  const wrong = await fetched({ token: 'ghs_another' });
  expect(wrong).toEqual({ ready: false, reason: expect.stringMatching(/^fatal: /) });
  expect(JSON.stringify(wrong)).not.toContain('ghs_');
  expect(server.seen.refused).toBeGreaterThan(0);
  renameSync(remote, `${remote}.gone`);
  expect(await fetched()).toEqual({ ready: false, reason: expect.stringMatching(/^fatal: /) });
  renameSync(`${remote}.gone`, remote);
  expect(refs(await fetched())).toEqual(before);
});

test('a clone whose objects or settings are broken is made anew', async () => {
  const first = await fetched();
  const path = first.ready ? first.path : '';
  const packs = join(path, 'objects', 'pack');
  for (const name of readdirSync(packs)) rmSync(join(packs, name), { force: true });
  expect(refs(await fetched())).toEqual(refs(first));
  const pack = readdirSync(packs).find((name) => name.endsWith('.pack')) ?? '';
  rmSync(join(packs, pack));
  writeFileSync(join(packs, pack), 'PACK broken');
  expect(await fetched()).toMatchObject({ ready: true, isNew: true });
  writeFileSync(join(path, 'config'), '[core\nbroken');
  const again = await fetched();
  expect(again).toMatchObject({ ready: true, isNew: true });
  expect(refs(again)).toEqual(named('refs/heads/main', 'refs/pull/1/head', 'refs/pull/2/head'));
});

test('a clone that grows too large is given up, one that takes too long stays', async () => {
  const large = createMirrors({ folder: clones, remote: server.url, limits: { maxBytes: 100 } });
  expect(await fetched({}, large)).toEqual({ ready: false, reason: 'it takes more than 0 MB' });
  expect(readdirSync(clones, { recursive: true }).filter((name) => String(name).endsWith('HEAD'))).toEqual([]);
  const slow = createMirrors({ folder: clones, remote: server.url, limits: { timeoutMs: 1 } });
  expect(await fetched({}, slow)).toEqual({ ready: false, reason: 'git was too slow' });
});

test('the token is in no file', async () => {
  await fetched();
  await fetched({ token: 'ghs_another' });
  const secrets = [TOKEN, 'ghs_another'].flatMap((token) => [
    token,
    Buffer.from(`x-access-token:${token}`).toString('base64'),
  ]);
  const files = readdirSync(clones, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(3);
  for (const { parentPath, name } of files) {
    const text = readFileSync(join(parentPath, name), 'latin1');
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});

test('a clone that is forgotten is deleted', async () => {
  const outcome = await fetched();
  await mirrors.forget(HARBOR);
  expect(outcome.ready && existsSync(outcome.path)).toBe(false);
});

test('of an owner only the clones that are named stay', async () => {
  const first = await fetched();
  expect([await mirrors.owners(), await mirrors.keepOnly('Octo', ['HARBOR', 'other'])]).toEqual([['octo'], []]);
  expect(first.ready && existsSync(first.path)).toBe(true);
  expect(await mirrors.keepOnly('octo', [])).toEqual(['harbor']);
  expect([first.ready && existsSync(first.path), await mirrors.owners()]).toEqual([false, []]);
  await expect(mirrors.keepOnly('..', [])).rejects.toThrow('../_ is no repository');
});

test('of two processes with one folder only one works with a clone at a time', async () => {
  const other = createMirrors({ folder: clones, remote: server.url, patienceMs: 0 });
  await mirrors.use(HARBOR, WISH, async () => {
    expect(await fetched({}, other)).toEqual({ ready: false, reason: 'another process works with it' });
    await expect(other.forget(HARBOR)).rejects.toThrow('another process works with the clone of octo/harbor');
  });
  expect(await fetched({}, other)).toMatchObject({ ready: true, isNew: false });
  const patient = createMirrors({ folder: clones, remote: server.url });
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await fetched({ pulls: [9] }, createMirrors({ folder: clones, remote: server.url, patienceMs: 0 }));
    order.push(`${name} ends`);
  };
  await Promise.all([mirrors.use(HARBOR, WISH, work('one')), patient.use(HARBOR, WISH, work('other'))]);
  const [first = '', , third = ''] = order;
  expect(order).toEqual([first, first.replace('begins', 'ends'), third, third.replace('begins', 'ends')]);
});

test('the clone of a process that was killed in the middle is free for the next', async () => {
  const program = join(root, 'hold.mjs');
  const source = `
    import { createMirrors } from ${JSON.stringify(resolve('src/git/mirrors.ts'))};
    const mirrors = createMirrors({ folder: ${JSON.stringify(clones)}, remote: ${JSON.stringify(server.url)} });
    await mirrors.use(${JSON.stringify(HARBOR)}, ${JSON.stringify(WISH)}, async ({ ready }) => {
      process.stdout.write(String(ready));
      await new Promise((resolve) => setTimeout(resolve, 600_000));
    });`;
  await build({
    ...{ stdin: { contents: source, resolveDir: process.cwd() }, outfile: program, bundle: true },
    ...{ platform: 'node', format: 'esm', target: 'node20' },
  });
  const holder = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] });
  expect(String((await once(holder.stdout, 'data'))[0])).toBe('true');
  const quick = createMirrors({ folder: clones, remote: server.url, patienceMs: 0 });
  expect(await fetched({}, quick)).toEqual({ ready: false, reason: 'another process works with it' });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  expect(await fetched({}, quick)).toMatchObject({ ready: true, isNew: false });
});

test('nothing but https is spoken, and http on this machine', () => {
  for (const url of ['http://git.example/a/b.git', 'ext::sh -c x', 'file:///etc', 'https://kim:secret@git.example/a']) {
    expect(() => settingsForRemote(url, TOKEN)).toThrow('is no address to clone from');
  }
  expect(settingsForRemote('https://git.example/a/b.git', null)).toMatchObject({
    GIT_CONFIG_KEY_0: 'protocol.allow',
    GIT_CONFIG_VALUE_0: 'never',
    GIT_CONFIG_KEY_1: 'protocol.https.allow',
  });
});
