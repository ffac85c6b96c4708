import type { Instant } from '../core/task/facts.ts';
import { formatRef, type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import type { ClaimFacts } from '../core/work/apply-claims.ts';
import { leaseEnd } from '../core/work/lease.ts';
import { lockByName } from './advisory-lock.ts';
import { claimOf, recordClaim, type StoredClaim } from './claim-row.ts';
import { leaseTime } from './lease-time.ts';
import { findHeldClaim, loadClaims } from './load-claims.ts';
import type { OriginStore } from './store.ts';

interface ClaimRequest {
  readonly task: Ref;
  readonly umbrella: Ref;
  readonly agent: string;
  readonly leaseMs: number;
  /** Null: the database's (`lease-time.ts`). */
  readonly now: Instant | null;
  /** `refKey`s: an agent that holds one of these gets that claim again, and no other. Absent: one more is fine. */
  readonly unlessHeld?: ReadonlySet<string>;
  /** What must hold of the claims beside it. Absent: nothing. */
  readonly beside?: Beside;
}

interface Beside {
  /** `repositoryKey`s: the claims of these are looked at. */
  readonly repositories: readonly string[];
  readonly admits: (claims: readonly ClaimFacts[]) => boolean;
}

interface Attempt {
  readonly claim: StoredClaim;
  /** The agent held it before. */
  readonly isAgain: boolean;
}

/**
 * Takes the task unless somebody holds it: one statement, so that of many callers at one moment one gets it. Null when
 * it is held, or not admitted beside the claims that there are. The token grows with every claim of the task, also after
 * a release.
 *
 * What `unlessHeld` and `beside` ask is asked inside the transaction, behind a lock, because no row exists yet that two
 * callers could meet at: those of one agent wait for each other, and so do those who look at the claims beside.
 */
export async function claimTask(store: OriginStore, request: ClaimRequest): Promise<Attempt | null> {
  return store.db.transaction().execute(async (transaction) => {
    const inside = { ...store, db: transaction };
    const now = await startInTurn(inside, request);
    const { unlessHeld, beside } = request;
    const held =
      unlessHeld === undefined ? null : await findHeldClaim(inside, { agent: request.agent, among: unlessHeld, now });
    if (held !== null) return { claim: held, isAgain: true };
    if (beside !== undefined && !beside.admits(await loadClaims(inside, beside.repositories, now))) return null;
    const claim = await take(inside, request, now);
    return claim === null ? null : { claim, isAgain: false };
  });
}

/** Takes the locks, always in this order, so that no two wait for each other; the time is that of our turn. */
async function startInTurn(
  { db, origin }: OriginStore,
  { agent, now, unlessHeld, beside }: ClaimRequest,
): Promise<Instant> {
  if (unlessHeld !== undefined) await lockByName(db, `agent ${origin} ${agent}`);
  if (beside !== undefined) await lockByName(db, `claims beside each other ${origin}`);
  return leaseTime(db, now);
}

async function take(
  { db, origin }: OriginStore,
  { task, umbrella, agent, leaseMs }: ClaimRequest,
  now: Instant,
): Promise<StoredClaim | null> {
  const values = {
    repository: repositoryKey(task),
    umbrella: formatRef(umbrella),
    agent,
    claimed_at: now,
    expires_at: leaseEnd(now, leaseMs),
    released_at: null,
    outcome: null,
  };
  const row = await db
    .insertInto('claims')
    .values({ ...values, origin, task: refKey(task), token: 1, sign: null })
    .onConflict((conflict) =>
      conflict
        .columns(['origin', 'task'])
        .doUpdateSet(({ eb, ref }) => ({ ...values, token: eb(ref('claims.token'), '+', 1) }))
        .where(({ eb, or }) => or([eb('claims.released_at', 'is not', null), eb('claims.expires_at', '<=', now)])),
    )
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  await recordClaim(db, row, { event: 'claimed', at: now });
  return claimOf(row, task);
}
