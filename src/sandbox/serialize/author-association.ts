import type { RepositoryRecord, World } from '../world.ts';

/** What GitHub says of an author's standing in a repository. */
export function authorAssociation(world: World, repository: RepositoryRecord, login: string) {
  if (repository.owner.toLowerCase() === login.toLowerCase()) return 'OWNER';
  const role = repository.collaborators.get(world.accounts.get(login.toLowerCase())?.login ?? login);
  if (role === undefined) return hasMerged(repository, login) ? 'CONTRIBUTOR' : 'NONE';
  return world.accounts.get(repository.owner.toLowerCase())?.type === 'Organization' ? 'MEMBER' : 'COLLABORATOR';
}

function hasMerged(repository: RepositoryRecord, login: string): boolean {
  return [...repository.pullRequests.values()].some((one) => one.state === 'merged' && one.author === login);
}
