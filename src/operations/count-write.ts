import { noteWrite } from '../store/write-log.ts';
import type { OperationContext } from './operation.ts';
import { MACHINE_CLOCK } from './wait-clock.ts';

/**
 * Tells the plans of the store that is open of a write that none of them sent: GitHub's limits count both. It never waits,
 * as such writes are few, and opens no store: a single write of the command line is not worth the seconds. Losing count
 * fails nothing, because the write itself is done.
 */
export async function countWrite({
  store,
  isStoreOpen,
  clock = MACHINE_CLOCK,
}: Pick<OperationContext, 'store' | 'isStoreOpen' | 'clock'>): Promise<void> {
  if (store === undefined || isStoreOpen?.() !== true) return;
  const opened = await store();
  await noteWrite(opened, new Date(clock.nowMs()).toISOString()).catch(() => {});
}
