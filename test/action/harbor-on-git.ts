import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
import {
  addApp,
  addCollaborator,
  addInstallation,
  addInstallationToken,
  addRepository,
  addUserToken,
  createWorld,
} from '../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start-sandbox.ts';
import type { Permissions, World } from '../../src/sandbox/world.ts';
import { draftRepository } from '../git/draft-repository.ts';
import { type GitServer, startGitServer } from '../git/git-server.ts';
import { draftHarbor } from '../operations/risk-clone-world.ts';
import { newFolder, type Step } from './run-bundle.ts';

interface HarborOnGit {
  readonly world: World;
  readonly sandbox: Sandbox;
  readonly git: GitServer;
  readonly server: Step['server'];
}

const LINE_NINE = '@@ -9,1 +9,1 @@\n-line 9\n+one';

/** The seven pull requests of `draftHarbor`, #1 from a fork, on a GitHub whose git kim's token and the job's can fetch. */
export async function harborOnGit(): Promise<HarborOnGit> {
  const root = newFolder();
  const draft = draftRepository();
  draftHarbor(draft);
  const commits = draft.write(join(root, 'octo', 'harbor.git'));
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const repository = addRepository(world, { owner: 'octo', name: 'harbor' });
  for (const login of ['kim', 'ravi']) addCollaborator(world, repository, login, 'write');
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  addRepository(world, { owner: 'noor', name: 'harbor', forkOf: 'octo/harbor' });
  // The marks of the draft's commits: 1 and 2 are the base's.
  for (let number = 1; number <= 7; number += 1) {
    const files = number <= 2 ? [{ path: 'src/a.ts', additions: 1, deletions: 1, patch: LINE_NINE }] : [];
    const pull = openPullRequest(world, number === 1 ? 'noor' : 'ravi', {
      repository: 'octo/harbor',
      title: `Change ${number}`,
      branch: `change-${number}`,
      ...(number === 1 ? { headRepository: 'noor/harbor' } : {}),
      files: files.length === 0 ? [{ path: `${number}.txt`, status: 'added', additions: 1, deletions: 0 }] : files,
    });
    Object.assign(pull, { headSha: commits.get(number + 2) });
  }
  const sandbox = await startSandbox({ world });
  const git = await startGitServer(root, (token) => token === 'kims-token' || token === 'jobs-token');
  onTestFinished(async () => {
    await Promise.all([sandbox.close(), git.close()]);
  });
  return { world, sandbox, git, server: { ...sandbox, serverUrl: git.url } };
}

/** The token that a job gets: that of GitHub's own App, with what `permissions:` grants. */
export function addJobToken(world: World, permissions: Permissions, token = 'jobs-token'): void {
  const app = addApp(world, { slug: 'github-actions', permissions, events: [] });
  const installation = addInstallation(world, { appId: app.id, account: 'octo' });
  addInstallationToken(world, { installationId: installation.id, token, lifetimeSeconds: 100_000_000 });
}
