import type { Selectable, Transaction } from 'kysely';
import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import { formatRef, parseRef, type Ref, refKey, repositoryKey } from '../core/task/identity.ts';
import type { ClaimFacts } from '../core/work/apply-claims.ts';
import { isLive, leaseEnd } from '../core/work/lease.ts';
import { type ClaimSign, parseClaimSign } from '../core/work/live-claim.ts';
import type { Database } from './database.ts';
import type { OriginStore } from './store.ts';

/** A claim as its holder knows it. */
export interface StoredClaim {
  readonly task: Ref;
  /** The one whose rollup has a line for the task. */
  readonly umbrella: Ref;
  readonly agent: string;
  readonly token: number;
  readonly claimedAt: Instant;
  readonly expiresAt: Instant;
  readonly sign: ClaimSign | null;
}

interface ClaimRequest {
  readonly task: Ref;
  readonly umbrella: Ref;
  readonly agent: string;
  readonly now: Instant;
  readonly until: Instant;
}

/** Who says that a claim is theirs. */
export interface Holder {
  readonly task: Ref;
  readonly agent: string;
  readonly token: number;
}

/** A holder on one GitHub. */
type HolderThere = Holder & { readonly origin: string };

type Row = Selectable<Database['claims']>;

/**
 * Takes the task unless somebody holds it: one statement, so that of many callers at one moment one gets it. Null when
 * it is held. The token grows with every claim of the task, also after a release.
 */
export async function claimTask({ db, origin }: OriginStore, request: ClaimRequest): Promise<StoredClaim | null> {
  const { task, umbrella, agent, now, until } = request;
  const values = { agent, claimed_at: now, expires_at: until, released_at: null, outcome: null };
  const place = { repository: repositoryKey(task), umbrella: formatRef(umbrella) };
  return db.transaction().execute(async (transaction) => {
    const row = await transaction
      .insertInto('claims')
      .values({ ...values, ...place, origin, task: refKey(task), token: 1, sign: null })
      .onConflict((conflict) =>
        conflict
          .columns(['origin', 'task'])
          .doUpdateSet(({ eb, ref }) => ({ ...values, ...place, token: eb(ref('claims.token'), '+', 1) }))
          .where(({ eb, or }) => or([eb('claims.released_at', 'is not', null), eb('claims.expires_at', '<=', now)])),
      )
      .returningAll()
      .executeTakeFirst();
    if (row === undefined) return null;
    await record(transaction, row, { event: 'claimed', at: now });
    return claimOf(task, row);
  });
}

/** The agent's own live claim of a task: it may ask again when the first answer got lost. */
export async function findOwnClaim(
  { db, origin }: OriginStore,
  task: Ref,
  agent: string,
  now: Instant,
): Promise<StoredClaim | null> {
  const row = await db
    .selectFrom('claims')
    .selectAll()
    .where('origin', '=', origin)
    .where('task', '=', refKey(task))
    .where('agent', '=', agent)
    .where('released_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : claimOf(task, row);
}

/**
 * Moves the end of the lease. A lease that has run out is renewed as well, as long as nobody else has taken the task
 * since. A clock that stands before the claim is slow: what it asks for counts from the claim, and shortens nothing. Throws `UserError('claim_refused')` when the claim is no longer the holder's, or never was.
 */
export async function renewClaim(
  store: OriginStore,
  holder: Holder,
  { now, until }: { readonly now: Instant; readonly until: Instant },
): Promise<StoredClaim> {
  return store.db.transaction().execute(async (transaction) => {
    const before = await lockRow(transaction, store.origin, holder.task);
    const expires_at = before === undefined ? until : renewedEnd(before, { now, until });
    const [row] = await transaction
      .updateTable('claims')
      .set({ expires_at })
      .where('origin', '=', store.origin)
      .where('task', '=', refKey(holder.task))
      .where('agent', '=', holder.agent)
      .where('token', '=', holder.token)
      .where('released_at', 'is', null)
      .returningAll()
      .execute();
    if (row === undefined) throw await refusalFor(transaction, { ...holder, origin: store.origin }, now);
    await record(transaction, row, { event: 'renewed', at: now });
    return claimOf(holder.task, row);
  });
}

function renewedEnd(row: Row, { now, until }: { readonly now: Instant; readonly until: Instant }): Instant {
  if (Date.parse(now) >= Date.parse(row.claimed_at)) return until;
  const counted = leaseEnd(row.claimed_at, Date.parse(until) - Date.parse(now));
  return Date.parse(counted) > Date.parse(row.expires_at) ? counted : row.expires_at;
}

/** Gives the task back. A second call of the same holder does nothing. Throws as `renewClaim` does. */
export async function releaseClaim(
  store: OriginStore,
  holder: Holder,
  { now, outcome }: { readonly now: Instant; readonly outcome: string | null },
): Promise<StoredClaim> {
  return store.db.transaction().execute(async (transaction) => {
    const mine = (row: Row): boolean => row.agent === holder.agent && row.token === holder.token;
    const before = await lockRow(transaction, store.origin, holder.task);
    if (before === undefined || !mine(before))
      throw await refusalFor(transaction, { ...holder, origin: store.origin }, now);
    if (before.released_at !== null) return claimOf(holder.task, before);
    const row = { ...before, released_at: now, outcome };
    await transaction
      .updateTable('claims')
      .set({ released_at: now, outcome })
      .where('origin', '=', store.origin)
      .where('task', '=', refKey(holder.task))
      .execute();
    await record(transaction, row, { event: 'released', at: now });
    return claimOf(holder.task, row);
  });
}

/** What is known of the tasks of these repositories that are claimed, or still carry the sign of a claim that is over. */
export async function loadClaims(
  { db, origin }: OriginStore,
  repositories: readonly string[],
  now: Instant,
): Promise<readonly ClaimFacts[]> {
  if (repositories.length === 0) return [];
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('origin', '=', origin)
    .where('repository', 'in', repositories)
    .where(({ eb, or, and }) =>
      or([eb('sign', 'is not', null), and([eb('released_at', 'is', null), eb('expires_at', '>', now)])]),
    )
    .orderBy('task')
    .execute();
  return rows.map((row) => {
    const live = { agent: row.agent, token: row.token, since: row.claimed_at, until: row.expires_at };
    const isOver = row.released_at !== null || !isLive(live, now);
    return { key: row.task, live: isOver ? null : live, sign: parseClaimSign(row.sign) };
  });
}

/** Notes what stands on the issue; null: nothing any more. */
export async function noteSign({ db, origin }: OriginStore, task: Ref, sign: ClaimSign | null): Promise<void> {
  await db
    .updateTable('claims')
    .set({ sign: sign === null ? null : JSON.stringify(sign) })
    .where('origin', '=', origin)
    .where('task', '=', refKey(task))
    .execute();
}

const lockRow = (transaction: Transaction<Database>, origin: string, task: Ref): Promise<Row | undefined> =>
  transaction
    .selectFrom('claims')
    .selectAll()
    .where('origin', '=', origin)
    .where('task', '=', refKey(task))
    .forUpdate()
    .executeTakeFirst();

async function record(
  transaction: Transaction<Database>,
  row: Row,
  { event, at }: { readonly event: 'claimed' | 'renewed' | 'released'; readonly at: Instant },
): Promise<void> {
  const { origin, task, agent, token, outcome } = row;
  const expires_at = event === 'released' ? null : row.expires_at;
  await transaction
    .insertInto('claim_events')
    .values({ origin, task, agent, token, event, at, expires_at, outcome })
    .execute();
}

function claimOf(task: Ref, row: Row): StoredClaim {
  const { agent, token, claimed_at: claimedAt, expires_at: expiresAt } = row;
  return { task, umbrella: umbrellaOf(row), agent, token, claimedAt, expiresAt, sign: parseClaimSign(row.sign) };
}

/** Throws for what this program never wrote. */
export function umbrellaOf({ task, umbrella }: Pick<Row, 'task' | 'umbrella'>): Ref {
  const parsed = parseRef(umbrella, { defaultRepository: null, ids: [] });
  if (parsed === null || !('number' in parsed)) throw new Error(`the claim of ${task} has the umbrella "${umbrella}"`);
  return parsed;
}

const ASK_AGAIN = 'Stop working on it, and ask for another one: parasol work claim.';

async function refusalFor(transaction: Transaction<Database>, holder: HolderThere, now: Instant): Promise<UserError> {
  const row = await lockRow(transaction, holder.origin, holder.task);
  const name = formatRef(holder.task);
  if (row === undefined) {
    const elsewhere = await findOrigin(transaction, holder);
    if (elsewhere !== null) {
      const message = `Your claim of ${name} was made on ${elsewhere}, and this is ${holder.origin}.`;
      return new UserError('claim_refused', message, `Set GITHUB_API_URL to the API of ${elsewhere}.`);
    }
    return new UserError('claim_refused', `Nobody has ever claimed ${name}.`, 'Claim it first: parasol work claim.');
  }
  if (row.token > holder.token || (row.token === holder.token && row.released_at !== null)) {
    return new UserError('claim_refused', `Your claim of ${name} is over: ${fateOf(row, now)}.`, ASK_AGAIN);
  }
  const hint = 'Give the agent and the token that work claim answered with.';
  return new UserError('claim_refused', `Token ${holder.token} of ${name} is not one of agent ${holder.agent}.`, hint);
}

function fateOf(row: Row, now: Instant): string {
  if (row.released_at !== null) return `it was released at ${row.released_at}`;
  if (!isLive({ until: row.expires_at }, now)) return `agent ${row.agent} had it since, until ${row.expires_at}`;
  return `agent ${row.agent} has it since ${row.claimed_at}, until ${row.expires_at}`;
}

async function findOrigin(transaction: Transaction<Database>, { task, agent }: Holder): Promise<string | null> {
  const row = await transaction
    .selectFrom('claims')
    .select('origin')
    .where('task', '=', refKey(task))
    .where('agent', '=', agent)
    .executeTakeFirst();
  return row?.origin ?? null;
}
