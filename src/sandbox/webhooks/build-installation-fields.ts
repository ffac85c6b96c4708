import { findRepository } from '../find-record.ts';
import { serializeInstallation } from '../serialize/serialize-installation.ts';
import { serializeUser } from '../serialize/serialize-user.ts';
import type { InstallationRecord, RepositoryRecord, World } from '../world.ts';
import { reachesRepository } from './installation-reach.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';

/** What `installation` and `installation_repositories` say: the whole installation and the repositories concerned. */
export function buildInstallationFields({ world, event, installation, baseUrl }: PayloadContext): JsonObject {
  const app = world.apps.get(installation.appId);
  if (app === undefined) return {};
  const shown = serializeInstallation(world, installation, app, baseUrl);
  const requester = event.action === 'created' ? serializeUser(world, event.sender, baseUrl) : null;
  if (event.name === 'installation') {
    return { installation: shown, repositories: includedRepositories(world, installation).map(summarize), requester };
  }
  const changed = (event.details.repositories ?? []).flatMap((key) => findRepository(world, key) ?? []).map(summarize);
  return {
    installation: shown,
    repository_selection: shown.repository_selection,
    repositories_added: event.action === 'added' ? changed : [],
    repositories_removed: event.action === 'removed' ? changed : [],
    requester,
  };
}

function includedRepositories(world: World, installation: InstallationRecord): RepositoryRecord[] {
  return [...world.repositories.values()].filter((repository) => reachesRepository(installation, repository));
}

function summarize(repository: RepositoryRecord) {
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: `${repository.owner}/${repository.name}`,
    private: repository.visibility !== 'public',
  };
}
