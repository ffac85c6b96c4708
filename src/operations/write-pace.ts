import { PACE_MEMORY_MS, planPacing } from '../core/plan/pacing.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Store } from '../store/store.ts';
import { bookWrite, loadWriteTimes } from '../store/write-log.ts';
import type { WaitClock } from './wait-clock.ts';

/** Keeps writes within GitHub's limits on content; those of every other run on the same store count too. */
export interface WritePace {
  /** Waits until one more write fits: what is read after that is fresh when the write is sent. */
  readonly untilFree: () => Promise<void>;
  /** Waits likewise, and counts the write that is sent next. */
  readonly beforeWrite: () => Promise<void>;
  /** The time of a ledger record. */
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
}

export function startPace(store: Store, clock: WaitClock, stop?: AbortSignal): WritePace {
  const now = (): Instant => instantOf(clock.nowMs());
  const waitAfter = (writes: readonly number[]): number => planPacing(writes, clock.nowMs());
  /** Asked again after each wait: another run may have been faster. */
  const waitOut = async (waitNow: () => Promise<number>): Promise<void> => {
    for (let waitMs = await waitNow(); waitMs > 0; waitMs = await waitNow()) await clock.sleep(waitMs, stop);
  };
  return {
    untilFree: () => waitOut(async () => waitAfter(await recentWrites(store, clock))),
    beforeWrite: () => waitOut(() => bookWrite(store, { at: now(), since: memoryOf(clock), waitAfter })),
    now,
    sleep: (ms) => clock.sleep(ms, stop),
  };
}

/** When the writes that still count were begun. */
export const recentWrites = (store: Store, clock: WaitClock): Promise<readonly number[]> =>
  loadWriteTimes(store, memoryOf(clock));

const memoryOf = (clock: WaitClock): Instant => instantOf(clock.nowMs() - PACE_MEMORY_MS);

const instantOf = (ms: number): Instant => new Date(ms).toISOString();
