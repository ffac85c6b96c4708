import type { Kysely } from 'kysely';
import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import { leaseEnd } from '../core/work/lease.ts';
import { refusalFor } from './claim-refusal.ts';
import { type ClaimRow, claimOf, claimRow, recordClaim, type StoredClaim } from './claim-row.ts';
import type { Database } from './database.ts';
import { leaseTime } from './lease-time.ts';
import type { OriginStore } from './store.ts';

/** Who says that a claim is theirs. */
export interface Holder {
  readonly task: Ref;
  readonly agent: string;
  readonly token: number;
}

interface Renewal {
  readonly leaseMs: number;
  /** Null: the database's (`lease-time.ts`). */
  readonly now: Instant | null;
}

/**
 * Moves the end of the lease. A lease that has run out is renewed as well, as long as nobody else has taken the task
 * since. A given time before the claim comes from a slow clock: what it asks for counts from the claim, and shortens
 * nothing. Throws `UserError('claim_refused')` when the claim is no longer the holder's, or never was.
 */
export const renewClaim = (store: OriginStore, holder: Holder, { now, leaseMs }: Renewal): Promise<StoredClaim> =>
  changeOwn(store, holder, {
    now,
    isStill: ({ released_at }) => released_at === null,
    event: 'renewed',
    change: (row, at) => ({ ...row, expires_at: renewedEnd(row, { now: at, leaseMs }) }),
  });

function renewedEnd(row: ClaimRow, { now, leaseMs }: { readonly now: Instant; readonly leaseMs: number }): Instant {
  if (Date.parse(now) >= Date.parse(row.claimed_at)) return leaseEnd(now, leaseMs);
  const counted = leaseEnd(row.claimed_at, leaseMs);
  return Date.parse(counted) > Date.parse(row.expires_at) ? counted : row.expires_at;
}

interface Release {
  readonly outcome: string | null;
  readonly now: Instant | null;
}

/** Gives the task back. A second call of the same holder does nothing. Throws as `renewClaim` does. */
export const releaseClaim = (store: OriginStore, holder: Holder, { now, outcome }: Release): Promise<StoredClaim> =>
  changeOwn(store, holder, {
    now,
    isStill: () => true,
    event: 'released',
    change: (row, at) => (row.released_at === null ? { ...row, released_at: at, outcome } : null),
  });

interface OwnChange {
  readonly now: Instant | null;
  /** Whether a claim with the holder's name and token may still be changed so. */
  readonly isStill: (row: ClaimRow) => boolean;
  readonly event: 'renewed' | 'released';
  /** Null: there is nothing to change any more. */
  readonly change: (row: ClaimRow, at: Instant) => ClaimRow | null;
}

/** With the row locked, so that the holder is still the holder when the change is made. */
async function changeOwn(
  store: OriginStore,
  holder: Holder,
  { now, isStill, event, change }: OwnChange,
): Promise<StoredClaim> {
  return store.db.transaction().execute(async (transaction) => {
    const row = await claimRow(transaction, store.origin, holder.task).forUpdate().executeTakeFirst();
    const at = await leaseTime(transaction, now);
    const isOwn = row !== undefined && row.agent === holder.agent && row.token === holder.token && isStill(row);
    if (!isOwn) throw await refusalFor({ ...store, db: transaction }, { ...holder, row: row ?? null, now: at });
    const changed = change(row, at);
    if (changed === null) return claimOf(row, holder.task);
    await write(transaction, changed);
    await recordClaim(transaction, changed, { event, at });
    return claimOf(changed, holder.task);
  });
}

async function write(db: Kysely<Database>, { origin, task, expires_at, released_at, outcome }: ClaimRow) {
  await db
    .updateTable('claims')
    .set({ expires_at, released_at, outcome })
    .where('origin', '=', origin)
    .where('task', '=', task)
    .execute();
}
