import { onTestFinished } from 'vitest';
import type { GitHubClient } from '../../src/github/client.ts';
import { connectWithToken } from '../../src/github/connect-with-token.ts';
import { addSubIssue } from '../../src/sandbox/actions/link-sub-issue.ts';
import { type NewIssue, openIssue } from '../../src/sandbox/actions/open-issue.ts';
import { type NewPullRequest, openPullRequest } from '../../src/sandbox/actions/open-pull-request.ts';
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
import type { ItemKey, Permissions, World } from '../../src/sandbox/world.ts';

export const HARBOR = 'octo/harbor';
export const UMBRELLA = { owner: 'octo', repo: 'harbor', number: 1 };

export const harbor = (number: number): ItemKey => ({ repository: HARBOR, number });

/** Everything that `app.yml` would ask for. */
export const ALL_PERMISSIONS: Permissions = {
  metadata: 'read',
  issues: 'write',
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
  contents: 'read',
};

/** `octo/harbor` with the umbrella #1 and its children #2, #3 …; kim may write, the others are reviewers. */
export function umbrellaWorld(children: number): World {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const repository = addRepository(world, { owner: 'octo', name: 'harbor' });
  for (const login of ['kim', 'ravi', 'noor', 'lena']) addCollaborator(world, repository, login, 'write');
  addUserToken(world, { token: 'kims-token', login: 'kim' });
  openIssue(world, 'kim', { repository: HARBOR, title: 'P1.M1 Harbour gates' });
  for (let n = 1; n <= children; n += 1) addChild(world, { title: `P1.M1.T${n} Gate ${n}` });
  return world;
}

export function addChild(
  world: World,
  issue: Omit<NewIssue, 'repository'> & { readonly repository?: string },
): ItemKey {
  const repository = issue.repository ?? HARBOR;
  const child = { repository, number: openIssue(world, 'kim', { repository, ...issue }).number };
  addSubIssue(world, 'kim', { parent: harbor(1), child });
  return child;
}

export function addPull(world: World, pull: Omit<NewPullRequest, 'repository'>): ItemKey {
  return harbor(openPullRequest(world, 'ravi', { repository: HARBOR, ...pull }).number);
}

/** A token of an App that is installed on the owner with these permissions. */
export function addAppToken(world: World, token: string, permissions: Permissions): void {
  const app = addApp(world, { slug: 'parasol', permissions, events: [] });
  const installation = addInstallation(world, { appId: app.id, account: 'octo' });
  addInstallationToken(world, { installationId: installation.id, token, lifetimeSeconds: 100_000_000 });
}

interface Connected {
  readonly sandbox: Sandbox;
  readonly client: GitHubClient;
}

/** The world behind a sandbox that closes with the test, and a client of it. */
export async function connect(
  world: World,
  options: { readonly token?: string; readonly timeoutMs?: number } = {},
): Promise<Connected> {
  const sandbox = await startSandbox({ world });
  onTestFinished(() => sandbox.close());
  const client = connectWithToken({ token: 'kims-token', apiUrl: sandbox.apiUrl, pace: 'sandbox', ...options });
  return { sandbox, client };
}

/** GraphQL calls by operation name, in order. */
export const operationsOf = (sandbox: Sandbox): readonly (string | null)[] =>
  sandbox.requests.entries.map(({ operation }) => operation);
