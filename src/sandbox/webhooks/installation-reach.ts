import type { InstallationRecord, RepositoryRecord } from '../world.ts';

/** Whether an installation includes a repository. */
export function reachesRepository(installation: InstallationRecord, repository: RepositoryRecord): boolean {
  if (installation.account.toLowerCase() !== repository.owner.toLowerCase()) return false;
  const key = `${repository.owner}/${repository.name}`.toLowerCase();
  return installation.repositories === 'all' || installation.repositories.has(key);
}
