import type { EventDetails, ItemKey, World, WorldEvent } from '../world.ts';

export interface Announcement {
  readonly name: string;
  readonly action: string | null;
  /** Repository key; empty for events about an account. */
  readonly repository: string;
  readonly sender: string;
  readonly item?: ItemKey;
  readonly details?: EventDetails;
}

/** Tells every listener what just happened, in the order it happened. */
export function announce(world: World, input: Announcement): void {
  if (world.listeners.size === 0) return;
  const event: WorldEvent = { ...input, item: input.item ?? null, details: input.details ?? {}, at: world.now() };
  for (const listener of world.listeners) listener(event);
}
