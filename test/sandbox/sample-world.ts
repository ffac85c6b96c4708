import { openIssue } from '../../src/sandbox/actions/open-issue.ts';
import {
  addAccount,
  addApp,
  addCollaborator,
  addInstallation,
  addMilestone,
  addRepository,
  createWorld,
} from '../../src/sandbox/create-world.ts';
import type { AppRecord, InstallationRecord, ItemKey, RepositoryRecord, World } from '../../src/sandbox/world.ts';

const EVENTS = [
  'check_run',
  'check_suite',
  'issue_comment',
  'issue_dependencies',
  'issues',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'push',
  'repository',
  'status',
  'sub_issues',
];

const PERMISSIONS = {
  metadata: 'read',
  issues: 'write',
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
  contents: 'read',
  merge_queues: 'read',
} as const;

export interface SampleWorld {
  readonly world: World;
  readonly home: RepositoryRecord;
  readonly vault: RepositoryRecord;
  readonly app: AppRecord;
  readonly installation: InstallationRecord;
  /** Key of an issue or pull request of `octo/home`. */
  readonly at: (number: number, repository?: string) => ItemKey;
  /** Opens an issue in `octo/home` as kim. */
  readonly issue: (title: string, repository?: string) => ItemKey;
}

/** `octo/home` (public) and `octo/vault` (private), kim and ravi who write there, noor who does not, and an App on both. */
export function makeSampleWorld(): SampleWorld {
  const world = createWorld({ now: '2026-03-02T09:00:00Z' });
  const home = addRepository(world, { owner: 'octo', name: 'home', files: { 'README.md': '# Home\n' } });
  const vault = addRepository(world, { owner: 'octo', name: 'vault', visibility: 'private' });
  for (const repository of [home, vault]) {
    addCollaborator(world, repository, 'kim', 'admin');
    addCollaborator(world, repository, 'ravi', 'write');
  }
  home.teams.set('core', ['kim', 'ravi']);
  addAccount(world, { login: 'noor' });
  addMilestone(world, home, { title: 'One', dueOn: '2026-04-01T00:00:00Z' });
  const app = addApp(world, {
    slug: 'parasol',
    owner: 'octo',
    permissions: PERMISSIONS,
    events: EVENTS,
    publicKey: 'none',
    webhookSecret: 'secret',
  });
  const installation = addInstallation(world, { appId: app.id, account: 'octo' });
  const at = (number: number, repository = 'octo/home') => ({ repository, number });
  const issue = (title: string, repository = 'octo/home') =>
    at(openIssue(world, 'kim', { repository, title }).number, repository);
  return { world, home, vault, app, installation, at, issue };
}
