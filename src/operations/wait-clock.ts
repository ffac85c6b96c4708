import { setTimeout as pause } from 'node:timers/promises';

/** The clock that bulk writes are paced by; a test's may run faster. */
export interface WaitClock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** The machine's own. */
export const MACHINE_CLOCK: WaitClock = {
  nowMs: Date.now,
  sleep: async (ms) => {
    await pause(ms);
  },
};
