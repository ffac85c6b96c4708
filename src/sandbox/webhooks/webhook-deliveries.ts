import { grants } from '../access/viewer.ts';
import { findRepository } from '../find-record.ts';
import type { AppRecord, InstallationRecord, World, WorldEvent } from '../world.ts';
import { buildPayload } from './build-payload.ts';
import { isAlwaysSent, permissionsFor } from './event-permissions.ts';
import { reachesRepository } from './installation-reach.ts';
import type { JsonObject } from './json.ts';

/** One webhook that GitHub would send. */
export interface Delivery {
  readonly appId: number;
  readonly installationId: number;
  readonly event: string;
  readonly action: string | null;
  readonly repositoryId: number | null;
  readonly payload: JsonObject;
}

/**
 * What an event sends: one delivery to every installation that includes the repository, whose App listens to the event
 * and was granted the permission that the event needs. A link is two events, one for each side.
 */
export function webhookDeliveries(world: World, event: WorldEvent, baseUrl = 'https://github.com'): Delivery[] {
  const repository = findRepository(world, event.repository);
  return [...world.installations.values()].flatMap((installation) => {
    const app = world.apps.get(installation.appId);
    if (app === undefined || !hears(world, event, { app, installation })) return [];
    return [
      {
        appId: app.id,
        installationId: installation.id,
        event: event.name,
        action: event.action,
        repositoryId: repository?.id ?? null,
        payload: buildPayload({ world, event, installation, baseUrl }),
      },
    ];
  });
}

function hears(
  world: World,
  event: WorldEvent,
  { app, installation }: { readonly app: AppRecord; readonly installation: InstallationRecord },
): boolean {
  if (isAlwaysSent(event.name)) return event.details.installationId === installation.id;
  const repository = findRepository(world, event.repository);
  if (repository === null || !reachesRepository(installation, repository)) return false;
  if (!app.events.includes(event.name)) return false;
  const needed = permissionsFor(world, event);
  return needed === null || needed.some((name) => grants(installation.permissions, name, 'read'));
}
