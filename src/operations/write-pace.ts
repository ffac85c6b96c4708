import { PACE_MEMORY_MS, planPacing } from '../core/plan/pacing.ts';
import type { Instant } from '../core/task/facts.ts';
import { loadWriteTimes } from '../store/plan-store.ts';
import type { Store } from '../store/store.ts';
import type { WaitClock } from './wait-clock.ts';

/** Keeps writes within GitHub's limits on content; those of earlier runs, as the ledger has them, count too. */
export interface WritePace {
  /** Waits until one more write fits: what is read after that is fresh when the write is sent. */
  readonly untilFree: () => Promise<void>;
  /** Waits likewise, and counts the write that is sent next. */
  readonly beforeWrite: () => Promise<void>;
  /** The time of a ledger record. */
  readonly now: () => Instant;
  readonly sleep: (ms: number) => Promise<void>;
}

export async function startPace(store: Store, clock: WaitClock, stop?: AbortSignal): Promise<WritePace> {
  const now = (): Instant => new Date(clock.nowMs()).toISOString();
  const since = new Date(clock.nowMs() - PACE_MEMORY_MS).toISOString();
  let writes = (await loadWriteTimes(store, since)).map((at) => Date.parse(at));
  const untilFree = async (): Promise<void> => {
    writes = writes.filter((at) => at > clock.nowMs() - PACE_MEMORY_MS);
    const waitMs = planPacing(writes, clock.nowMs());
    if (waitMs > 0) await clock.sleep(waitMs, stop);
  };
  return {
    untilFree,
    beforeWrite: async () => {
      await untilFree();
      writes.push(clock.nowMs());
    },
    now,
    sleep: (ms) => clock.sleep(ms, stop),
  };
}
