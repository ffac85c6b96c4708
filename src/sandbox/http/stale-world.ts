import type { World } from '../world.ts';

export interface StaleReads {
  /** What reads are answered from: the world itself unless it is made stale. */
  readable(): World;
  start(forMs: number): void;
  stop(): void;
}

interface Snapshot {
  readonly visibleFromMs: number;
  readonly world: World;
}

/**
 * A replica that lags: every event shows in reads only `forMs` later. Copies are taken once per burst of events, after
 * the action that announced them has ended, so that no read ever sees half of an action.
 */
export function createStaleReads(world: World, clock: () => Date): StaleReads {
  let lagMs: number | null = null;
  let snapshots: Snapshot[] = [];
  let isCopyDue = false;

  const onEvent = () => {
    if (isCopyDue) return;
    isCopyDue = true;
    const visibleFromMs = clock().getTime() + (lagMs ?? 0);
    queueMicrotask(() => {
      isCopyDue = false;
      if (lagMs !== null) snapshots.push({ visibleFromMs, world: copyWorld(world) });
    });
  };
  const stop = () => {
    world.listeners.delete(onEvent);
    lagMs = null;
    snapshots = [];
  };

  return {
    readable: () => {
      const now = clock().getTime();
      const isReplaced = (index: number) => (snapshots[index + 1]?.visibleFromMs ?? Number.POSITIVE_INFINITY) <= now;
      snapshots = snapshots.filter((_, index) => !isReplaced(index));
      const [shown, ...later] = snapshots;
      // Nothing happened since the state shown: the world itself answers the same, and is no copy.
      const isCurrent = later.length === 0 && !isCopyDue;
      return shown === undefined || isCurrent ? world : shown.world;
    },
    start: (forMs) => {
      stop();
      lagMs = forMs;
      snapshots = [{ visibleFromMs: Number.NEGATIVE_INFINITY, world: copyWorld(world) }];
      world.listeners.add(onEvent);
    },
    stop,
  };
}

/** A copy that nothing done to the world changes; records keep pointing at each other within it. */
function copyWorld(world: World): World {
  const { now, listeners, ...records } = world;
  return { ...structuredClone(records), now, listeners: new Set() };
}
