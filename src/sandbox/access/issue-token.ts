import { randomBytes } from 'node:crypto';
import { instantAt } from '../../core/instant-at.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import type { InstallationRecord, Permissions, RepositoryRecord, TokenRecord, World } from '../world.ts';
import { grants } from './viewer.ts';

/** GitHub's installation tokens live for one hour. */
const LIFE_MS = 3_600_000;

interface TokenRequest {
  readonly installation: InstallationRecord;
  /** Names without the owner; absent: no narrowing. */
  readonly repositoryNames?: readonly string[] | undefined;
  readonly repositoryIds?: readonly number[] | undefined;
  readonly permissions?: Permissions | undefined;
  readonly now: Date;
}

interface IssuedToken {
  readonly token: string;
  readonly record: TokenRecord;
  readonly permissions: Permissions;
  readonly expiresAt: string;
  /** The repositories that it was narrowed to; null when it reaches all of the installation's. */
  readonly repositories: readonly RepositoryRecord[] | null;
}

/** Makes an installation token, narrowed as asked; 422 for what the installation itself does not have. */
export function issueInstallationToken(world: World, request: TokenRequest): IssuedToken {
  const { installation, now } = request;
  const permissions = narrowPermissions(installation.permissions, request.permissions);
  const repositories = narrowRepositories(world, request);
  const token = `ghs_${randomBytes(18).toString('hex')}`;
  const expiresAt = instantAt(now.getTime() + LIFE_MS);
  const record: TokenRecord = {
    kind: 'installation',
    login: `${world.apps.get(installation.appId)?.slug ?? 'unknown'}[bot]`,
    installationId: installation.id,
    permissions: request.permissions === undefined ? null : permissions,
    expiresAt,
    expiresOn: 'machine',
    ...(repositories === null ? {} : { repositories: new Set(repositories.map(keyOf)) }),
  };
  world.tokens.set(token, record);
  return { token, record, permissions, expiresAt, repositories };
}

/** The repositories that an installation reaches, by name. */
export function repositoriesOf(world: World, installation: InstallationRecord): readonly RepositoryRecord[] {
  const isReached = (repository: RepositoryRecord) =>
    repository.owner.toLowerCase() === installation.account.toLowerCase() &&
    (installation.repositories === 'all' || installation.repositories.has(keyOf(repository)));
  return [...world.repositories.values()].filter(isReached).sort((one, other) => one.name.localeCompare(other.name));
}

function narrowPermissions(granted: Permissions, wanted: Permissions | undefined): Permissions {
  if (wanted === undefined) return { ...granted, metadata: granted.metadata ?? 'read' };
  for (const [permission, access] of Object.entries(wanted)) {
    if (!grants(granted, permission, access)) {
      throw new WorldRefusal(422, 'The permissions requested are not granted to this installation.');
    }
  }
  return { ...wanted, metadata: 'read' };
}

function narrowRepositories(world: World, request: TokenRequest): readonly RepositoryRecord[] | null {
  const { repositoryNames: names, repositoryIds: ids } = request;
  if (names === undefined && ids === undefined) return null;
  const reached = repositoriesOf(world, request.installation);
  const found = [
    ...(names ?? []).map((name) => reached.find((one) => one.name.toLowerCase() === name.toLowerCase())),
    ...(ids ?? []).map((id) => reached.find((one) => one.id === id)),
  ].flatMap((one) => one ?? []);
  if (found.length < (names?.length ?? 0) + (ids?.length ?? 0)) {
    throw new WorldRefusal(
      422,
      'There is at least one repository that does not exist or is not accessible to the parent installation.',
    );
  }
  return found;
}

function keyOf(repository: RepositoryRecord): string {
  return `${repository.owner}/${repository.name}`.toLowerCase();
}
