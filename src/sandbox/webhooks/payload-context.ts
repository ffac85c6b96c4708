import type { InstallationRecord, World, WorldEvent } from '../world.ts';

/** What every part of a payload is built from. */
export interface PayloadContext {
  readonly world: World;
  readonly event: WorldEvent;
  readonly installation: InstallationRecord;
  readonly baseUrl: string;
}
