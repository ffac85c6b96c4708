import { sql } from 'kysely';
import type { Instant } from '../core/task/facts.ts';
import type { Store } from './store.ts';

/** When writes were begun since, as milliseconds since 1970: they all count against the same limits. */
export async function loadWriteTimes({ db }: Pick<Store, 'db'>, since: Instant): Promise<readonly number[]> {
  const rows = await db.selectFrom('writes').select('at').where('at', '>=', since).orderBy('at').execute();
  return rows.map(({ at }) => Date.parse(at));
}

/** Puts one write down that was sent already, outside any plan. */
export async function noteWrite({ db }: Pick<Store, 'db'>, at: Instant): Promise<void> {
  await db.insertInto('writes').values({ at }).execute();
}

export interface WriteBooking {
  readonly at: Instant;
  /** What was begun before this counts no more, and is forgotten. */
  readonly since: Instant;
  /** How many milliseconds a write must wait after those. */
  readonly waitAfter: (writes: readonly number[]) => number;
}

/**
 * Puts one write down as begun, unless it must wait: answers for how long, 0 when it is put down. All who ask at the same
 * moment, in any process on the store, are answered one after the other.
 */
export async function bookWrite({ db }: Store, { at, since, waitAfter }: WriteBooking): Promise<number> {
  return db.transaction().execute(async (transaction) => {
    await sql`LOCK TABLE writes IN SHARE ROW EXCLUSIVE MODE`.execute(transaction);
    const waitMs = waitAfter(await loadWriteTimes({ db: transaction }, since));
    if (waitMs > 0) return waitMs;
    await transaction.deleteFrom('writes').where('at', '<', since).execute();
    await transaction.insertInto('writes').values({ at }).execute();
    return 0;
  });
}
