import type { Permissions, RepositoryRecord, Role, World } from '../world.ts';

/** Who asks. An `app` comes with a JWT, an `installation` with a token issued to one. */
export interface Viewer {
  readonly kind: 'anonymous' | 'user' | 'app' | 'installation';
  /** The person, or the app's bot (`parasol[bot]`). */
  readonly login: string | null;
  readonly appId: number | null;
  readonly installationId: number | null;
  /** Null: everything that the person may do. */
  readonly permissions: Permissions | null;
  /** Repository keys that an installation token was narrowed to; absent or null: all that the installation has. */
  readonly repositories?: ReadonlySet<string> | null;
  /** Of a classic user token; absent: all of them. */
  readonly scopes?: readonly string[];
}

/** Why GitHub does not accept the credentials: always a 401. */
export interface AuthProblem {
  readonly problem: 'bad_credentials';
  readonly message: string;
}

export type Access = 'read' | 'write';

export const ANONYMOUS: Viewer = {
  kind: 'anonymous',
  login: null,
  appId: null,
  installationId: null,
  permissions: null,
};

const ROLES: readonly Role[] = ['read', 'triage', 'write', 'maintain', 'admin'];

/** What `permissions: write` on an issue or pull request means for a person; everything else needs the write role. */
const TRIAGED_PERMISSIONS = new Set(['issues', 'pull_requests']);

/** Whether the credentials were refused. */
export function isAuthProblem(viewer: Viewer | AuthProblem): viewer is AuthProblem {
  return 'problem' in viewer;
}

/** Whether the repository exists for this viewer at all; if not, GitHub answers 404 rather than 403. */
export function canSee(world: World, viewer: Viewer, repositoryKey: string): boolean {
  const repository = world.repositories.get(repositoryKey.toLowerCase());
  if (!repository) return false;
  if (repository.visibility === 'public') return true;
  if (viewer.kind === 'installation') return isInstalledOn(world, viewer, repository);
  return viewer.kind === 'user' && viewer.login !== null && roleOf(world, viewer.login, repositoryKey) !== null;
}

/**
 * Whether the viewer holds the permission on the repository. An installation needs it granted even to read a public
 * repository that it is installed on: GitHub's REST is laxer there, but the sandbox has to show what an app that
 * asks for too little would miss in a private one. Elsewhere it reads public things like anyone.
 */
export function permits(
  world: World,
  viewer: Viewer,
  repositoryKey: string,
  permission: string,
  access: Access,
): boolean {
  const repository = world.repositories.get(repositoryKey.toLowerCase());
  if (!repository || !canSee(world, viewer, repositoryKey)) return false;
  if (viewer.kind === 'installation') {
    if (!isInstalledOn(world, viewer, repository)) return access === 'read';
    return grants(viewer.permissions, permission, access);
  }
  if (viewer.kind !== 'user' || viewer.login === null) return access === 'read' && repository.visibility === 'public';
  if (viewer.permissions !== null && !grants(viewer.permissions, permission, access)) return false;
  const needed: Role = access === 'read' ? 'read' : TRIAGED_PERMISSIONS.has(permission) ? 'triage' : 'write';
  return hasRole(world, viewer.login, repositoryKey, needed);
}

/** The person's role; on a public repository everyone reads. Null: does not see it. */
export function roleOf(world: World, login: string, repositoryKey: string): Role | null {
  const repository = world.repositories.get(repositoryKey.toLowerCase());
  if (!repository) return null;
  const wanted = login.toLowerCase();
  if (repository.owner.toLowerCase() === wanted) return 'admin';
  for (const [collaborator, role] of repository.collaborators) {
    if (collaborator.toLowerCase() === wanted) return role;
  }
  if (repository.visibility === 'public') return 'read';
  return repository.visibility === 'internal' && isMember(world, repository.owner, wanted) ? 'read' : null;
}

/** Whether the person has at least this role. */
export function hasRole(world: World, login: string, repositoryKey: string, needed: Role): boolean {
  const role = roleOf(world, login, repositoryKey);
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Whether issues here can be assigned to this person: a collaborator, the owner, or whoever else may write. */
export function isAssignable(world: World, { owner, name, collaborators }: RepositoryRecord, login: string): boolean {
  if (world.accounts.get(login.toLowerCase())?.type !== 'User') return false;
  const isCollaborator = [...collaborators.keys()].some((one) => one.toLowerCase() === login.toLowerCase());
  return isCollaborator || hasRole(world, login, `${owner}/${name}`, 'write');
}

/** Whether the installation behind this viewer covers the repository, narrowing included. */
export function isInstalledOn(world: World, viewer: Viewer, repository: RepositoryRecord): boolean {
  const installation = world.installations.get(viewer.installationId ?? -1);
  if (!installation || installation.account.toLowerCase() !== repository.owner.toLowerCase()) return false;
  const key = `${repository.owner}/${repository.name}`.toLowerCase();
  if (viewer.repositories && !viewer.repositories.has(key)) return false;
  return installation.repositories === 'all' || installation.repositories.has(key);
}

/** Whether the viewer sees what an organization keeps for its members: one of them, or an App installed there. */
export function isInside(world: World, viewer: Viewer, owner: string): boolean {
  if (viewer.kind === 'installation') {
    return world.installations.get(viewer.installationId ?? -1)?.account.toLowerCase() === owner.toLowerCase();
  }
  const login = viewer.kind === 'user' ? viewer.login?.toLowerCase() : undefined;
  return login !== undefined && (login === owner.toLowerCase() || isMember(world, owner, login));
}

/** Whether a set of permissions holds this one; write includes read, and reading metadata is always granted. */
export function grants(permissions: Permissions | null, permission: string, access: Access): boolean {
  if (permissions === null) return true;
  if (permission === 'metadata' && access === 'read') return true;
  const granted = permissions[permission];
  return granted === 'write' || granted === access;
}

/** Members are, here, those who collaborate on any of the owner's repositories. */
function isMember(world: World, owner: string, login: string): boolean {
  for (const repository of world.repositories.values()) {
    if (repository.owner.toLowerCase() !== owner.toLowerCase()) continue;
    for (const collaborator of repository.collaborators.keys()) if (collaborator.toLowerCase() === login) return true;
  }
  return false;
}
