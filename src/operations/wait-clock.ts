import { setTimeout as pause } from 'node:timers/promises';

/** The clock that bulk writes are paced by; a test's may run faster. */
export interface WaitClock {
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** Rejects when told to stop meanwhile. */
  readonly sleep: (ms: number, stop?: AbortSignal) => Promise<void>;
  /** How long a second of it lasts on the machine's clock: 1000, unless it runs faster. */
  readonly secondMs: number;
}

/** The machine's own. */
export const MACHINE_CLOCK: WaitClock = {
  nowMs: Date.now,
  sleep: async (ms, stop) => {
    await pause(ms, undefined, { signal: stop });
  },
  secondMs: 1000,
};
