import { setTimeout as pause } from 'node:timers/promises';

/** The clock that bulk writes are paced by; a test's may run faster. */
export interface WaitClock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** How long a second of it lasts on the machine's clock: 1000, unless it runs faster. */
  readonly secondMs: number;
}

/** The machine's own. */
export const MACHINE_CLOCK: WaitClock = {
  nowMs: Date.now,
  sleep: async (ms) => {
    await pause(ms);
  },
  secondMs: 1000,
};
