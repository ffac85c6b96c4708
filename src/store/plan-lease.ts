import { hostname } from 'node:os';
import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import { leaseTime } from './lease-time.ts';
import { isRunning, processStart } from './process-identity.ts';
import type { Store } from './store.ts';

export interface Lease {
  /** Who a ledger record is made by. */
  readonly holder: string;
  /** Lets go of the plan; a second call does nothing. */
  release(): Promise<void>;
}

interface LeaseOptions {
  /** Null, and left out: the store's time (`lease-time.ts`), one for all machines that share it. */
  readonly now?: Instant | null;
}

const LEASE_MS = 120_000;
const RENEW_MS = 30_000;

let taken = 0;

/**
 * Makes this run the only one that applies or undoes the plan until it is released; it renews itself meanwhile. A lease is
 * free two minutes after its holder was last heard of, and at once when its process on this machine is gone. Throws
 * `store_locked` that says who holds it.
 */
export async function takeLease(store: Store, planId: string, { now = null }: LeaseOptions = {}): Promise<Lease> {
  taken += 1;
  const holder = [hostname(), process.pid, processStart(process.pid) ?? '', taken].join('|');
  await claim(store, planId, { holder, now });
  const renewal = setInterval(() => {
    // One that fails is noticed with the next record, which the holder alone may make.
    claim(store, planId, { holder, now }).catch(() => {});
  }, RENEW_MS);
  renewal.unref();
  return {
    holder,
    release: async () => {
      clearInterval(renewal);
      const nobody = { holder: null, held_until: null };
      await store.db.updateTable('plans').set(nobody).where('id', '=', planId).where('holder', '=', holder).execute();
    },
  };
}

interface Claim {
  readonly holder: string;
  readonly now: Instant | null;
}

async function claim({ db }: Store, planId: string, { holder, now: given }: Claim): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const row = await transaction
      .selectFrom('plans')
      .select(['holder', 'held_until'])
      .where('id', '=', planId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    const now = Date.parse(await leaseTime(transaction, given));
    const { holder: current, held_until: until } = row;
    const isFree = current === null || current === holder || isOver(until, now) || isGone(current);
    if (!isFree) throw heldBy(planId, current, until);
    const heldUntil = new Date(now + LEASE_MS).toISOString();
    await transaction.updateTable('plans').set({ holder, held_until: heldUntil }).where('id', '=', planId).execute();
  });
}

const isOver = (until: Instant | null, now: number): boolean => until === null || Date.parse(until) <= now;

/** Only of this machine can it be told. */
function isGone(holder: string): boolean {
  const [host, pid, start] = holder.split('|');
  return host === hostname() && !isRunning(Number(pid), start || null);
}

function heldBy(planId: string, holder: string, until: Instant | null): UserError {
  const [host, pid] = holder.split('|');
  return new UserError(
    'store_locked',
    `Process ${pid} on ${host} is at work on the plan ${planId}; its lease runs until ${until}.`,
    'Let it finish. A lease whose process is gone ends by itself within two minutes.',
  );
}
