import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMirrors } from '../../../src/git/mirrors.ts';
import { changeInstallationRepositories, uninstallApp } from '../../../src/sandbox/actions/installations.ts';
import { draftRepository } from '../../git/draft-repository.ts';
import { type GitServer, startGitServer } from '../../git/git-server.ts';
import { buildTestWorld, KEY, sendWebhook, startTestApp, type TestApp } from './test-app.ts';

const REPOSITORIES = ['harbor', 'quay'].map((repo) => ({ owner: 'octo', repo }));

let root: string;
let server: GitServer;
let app: TestApp;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'parasol-lost-'));
  server = await startGitServer(join(root, 'served'), () => true);
  for (const { owner, repo } of REPOSITORIES) {
    const draft = draftRepository();
    draft.commit({ branch: 'refs/heads/main', files: { 'secret.ts': 'one\n' } });
    draft.write(join(root, 'served', owner, `${repo}.git`));
  }
});
afterEach(async () => {
  await app.close();
  await server.close();
  rmSync(root, { recursive: true, force: true });
});

const clones = () => ({ folder: join(root, 'clones'), remote: server.url });

/** Clones as another process of the App left them. */
async function cloneAll(): Promise<readonly string[]> {
  const wish = { branches: ['main'], pulls: [], token: 'ghs_x' };
  const mirrors = createMirrors(clones());
  const outcomes = await Promise.all(REPOSITORIES.map((one) => mirrors.use(one, wish, async (outcome) => outcome)));
  return outcomes.map((outcome) => (outcome.ready ? outcome.path : ''));
}

const start = async (world = buildTestWorld({ children: 0 })) => {
  app = await startTestApp(world, { clones: clones() });
};
const owner = { login: 'octo' };
const named = (name: string, login = 'octo') => ({ name, owner: { login } });

test('clones of repositories that are gone, or of nobody who has the App, are deleted at the start', async () => {
  const paths = await cloneAll();
  await start();
  expect(paths.map((path) => existsSync(path))).toEqual([true, false]);
  expect(app.log.map(({ message }) => message)).toEqual(['deleted the clone of octo/quay, which is out of sight']);
  await app.close();
  uninstallApp(app.world, 'kim', { installation: app.installation.id });
  await start(app);
  expect(paths.map((path) => existsSync(path))).toEqual([false, false]);
});

test('clones of an account that takes the App away are deleted', async () => {
  await start();
  const paths = await cloneAll();
  uninstallApp(app.world, 'kim', { installation: app.installation.id });
  await app.settle();
  expect(paths.map((path) => existsSync(path))).toEqual([false, false]);
});

test('the clone of a repository that is taken out of the installation is deleted', async () => {
  await start();
  const paths = await cloneAll();
  changeInstallationRepositories(app.world, 'kim', { installation: app.installation.id, removed: [KEY] });
  await app.settle();
  expect(paths.map((path) => existsSync(path))).toEqual([false, true]);
});

test.each([
  ['installation', { action: 'suspend', installation: { id: 1, account: owner } }, [false, false]],
  ['installation', { action: 'suspend', installation: { id: 1, account: { login: 'lena' } } }, [true, true]],
  ['repository', { action: 'deleted', repository: named('Harbor') }, [false, true]],
  [
    'repository',
    { action: 'renamed', repository: named('port'), changes: { repository: { name: { from: 'quay' } } } },
    [true, false],
  ],
  [
    'repository',
    {
      ...{ action: 'transferred', repository: named('harbor', 'lena') },
      changes: { owner: { from: { organization: owner } } },
    },
    [false, true],
  ],
  [
    'repository',
    { action: 'transferred', repository: named('quay', 'lena'), changes: { owner: { from: { user: owner } } } },
    [true, false],
  ],
  ['repository', { action: 'privatized', repository: named('harbor') }, [true, true]],
])('%s %j leaves %j of the clones', async (name, payload, left) => {
  await start();
  const paths = await cloneAll();
  expect((await sendWebhook(app.server, name, payload)).status).toBe(202);
  await app.settle();
  expect(paths.map((path) => existsSync(path))).toEqual(left);
});
