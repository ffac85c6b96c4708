import { instantAt } from '../core/instant-at.ts';
import type { World } from './world.ts';

/** Where a world's clock starts when nobody says otherwise. */
export const DEFAULT_START = '2026-03-02T09:00:00Z';

/** Stops the clock at a time; it moves only when told, so a story replays to the same bytes. */
export function setClock(world: World, time: string): void {
  const stamp = instantAt(Date.parse(time));
  world.now = () => stamp;
}

/** Moves the clock forward (or back, for a negative number). */
export function advanceClock(world: World, seconds: number): void {
  setClock(world, instantAt(Date.parse(world.now()) + seconds * 1000));
}
