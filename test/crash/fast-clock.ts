import { setTimeout as pause } from 'node:timers/promises';
import type { WaitClock } from '../../src/operations/wait-clock.ts';

/** A clock that stood at the machine's time at `epochMs` and runs `speed` times as fast: the same in every process. */
export function fastClock({ epochMs, speed }: { readonly epochMs: number; readonly speed: number }): WaitClock {
  return {
    nowMs: () => Math.round(epochMs + (Date.now() - epochMs) * speed),
    sleep: async (ms) => {
      await pause(ms / speed);
    },
    secondMs: 1000 / speed,
  };
}
