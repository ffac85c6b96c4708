import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../src/sandbox/actions/open-pull-request.ts';
import {
  addAccount,
  addApp,
  addCollaborator,
  addInstallation,
  addLabel,
  addRepository,
  createWorld,
} from '../../../src/sandbox/create-world.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, World } from '../../../src/sandbox/world.ts';

export const HARBOR = 'octo/harbor';
export const VAULT = 'octo/vault';
export const START = '2026-05-04T09:00:00Z';

/**
 * The organization octo with the public `harbor` and the private `vault`. kim administers both, ravi and noor write in
 * harbor, lena is a stranger; the App parasol is installed on all of octo.
 */
export function harborWorld(): World {
  const world = createWorld({ now: START });
  for (const login of ['kim', 'ravi', 'noor', 'lena']) addAccount(world, { login });
  const harbor = addRepository(world, { owner: 'octo', name: 'harbor', files: { 'README.md': '# Harbor\n' } });
  const vault = addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
  for (const repository of [harbor, vault]) addCollaborator(world, repository, 'kim', 'admin');
  for (const login of ['ravi', 'noor']) addCollaborator(world, harbor, login, 'write');
  for (const name of ['umbrella', 'lane:api', 'lane:docs']) addLabel(world, harbor, { name });
  const app = addApp(world, { slug: 'parasol', publicKey: 'unused', permissions: { issues: 'write' }, events: [] });
  addInstallation(world, { appId: app.id, account: 'octo' });
  return world;
}

export const inHarbor = (item: { readonly number: number }): ItemKey => ({ repository: HARBOR, number: item.number });
export const inVault = (item: { readonly number: number }): ItemKey => ({ repository: VAULT, number: item.number });

/** Opens an issue by kim in harbor, or in the repository given. */
export function issue(world: World, title: string, repository: string = HARBOR): IssueRecord {
  return openIssue(world, 'kim', { repository, title });
}

/** Opens a pull request by ravi in harbor, from a branch named after its title. */
export function pullRequest(
  world: World,
  title: string,
  rest: Partial<Parameters<typeof openPullRequest>[2]> = {},
): PullRequestRecord {
  return openPullRequest(world, 'ravi', { repository: HARBOR, title, branch: title.replaceAll(' ', '-'), ...rest });
}
