import { sql } from 'kysely';
import type { Instant } from '../core/task/facts.ts';
import { type Ref, refKey } from '../core/task/identity.ts';
import type { ClaimSign } from '../core/work/live-claim.ts';
import { leaseTime } from './lease-time.ts';
import type { OriginStore } from './store.ts';

/** Notes what stands on the issue. */
export async function noteSign({ db, origin }: OriginStore, task: Ref, sign: ClaimSign): Promise<void> {
  await db
    .updateTable('claims')
    .set({ sign: JSON.stringify(sign), gone_sign: null, sign_gone_at: null })
    .where('origin', '=', origin)
    .where('task', '=', refKey(task))
    .execute();
}

/**
 * Notes that nothing stands there any more, and what did: others may have read GitHub before. Does nothing once the task
 * is claimed anew, whose sign it then is. `now` null: the database's.
 */
export async function noteSignGone({ db, origin }: OriginStore, task: Ref, now: Instant | null): Promise<void> {
  const at = await leaseTime(db, now);
  await db
    .updateTable('claims')
    .set({ sign: null, gone_sign: sql<string>`sign`, sign_gone_at: at })
    .where('origin', '=', origin)
    .where('task', '=', refKey(task))
    .where('sign', 'is not', null)
    .where(({ eb, or }) => or([eb('released_at', 'is not', null), eb('expires_at', '<=', at)]))
    .execute();
}
