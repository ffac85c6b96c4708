import type { RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { requireRepository } from './place.ts';

/** Makes a repository private or public: `repository.privatized` or `repository.publicized`. */
export function setVisibility(
  world: World,
  actor: string,
  input: { readonly repository: string; readonly visibility: RepositoryRecord['visibility'] },
): RepositoryRecord {
  const repository = requireRepository(world, input.repository);
  if (repository.visibility === input.visibility) return repository;
  const wasPublic = repository.visibility === 'public';
  repository.visibility = input.visibility;
  const key = input.repository.toLowerCase();
  if (wasPublic || input.visibility === 'public') {
    const action = wasPublic ? 'privatized' : 'publicized';
    announce(world, { name: 'repository', action, repository: key, sender: actor });
  }
  return repository;
}
