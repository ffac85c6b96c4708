import { setImmediate } from 'node:timers/promises';
import type { WaitClock } from '../../../src/operations/wait-clock.ts';

interface ManualClock extends WaitClock {
  readonly now: () => string;
  /** How long each sleeper has left, in milliseconds, the longest last. */
  left(): readonly number[];
  /** Moves the time on and wakes whoever has slept enough. */
  advance(ms: number): Promise<void>;
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
}

/** Shorter sleeps than this, as between two writes, pass at once: the time moves on by itself. */
const NAP_MS = 10_000;

/** A clock that stands still until it is moved. */
export function createManualClock(start = '2026-03-02T09:00:00.000Z'): ManualClock {
  const sleepers = new Set<Sleeper>();
  let nowMs = Date.parse(start);
  return {
    secondMs: 1000,
    nowMs: () => nowMs,
    now: () => new Date(nowMs).toISOString(),
    left: () => [...sleepers].map(({ until }) => until - nowMs).toSorted((a, b) => a - b),
    sleep: (ms, stop) =>
      new Promise((resolve, reject) => {
        if (ms < NAP_MS) {
          nowMs += ms;
          resolve();
          return;
        }
        const end = () => {
          sleepers.delete(sleeper);
          reject(stop?.reason);
        };
        const wake = () => {
          stop?.removeEventListener('abort', end);
          resolve();
        };
        const sleeper = { until: nowMs + ms, wake };
        sleepers.add(sleeper);
        stop?.addEventListener('abort', end);
      }),
    advance: async (ms) => {
      nowMs += ms;
      for (const sleeper of [...sleepers].filter(({ until }) => until <= nowMs)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await setImmediate();
    },
  };
}
