import type { Instant } from '../core/task/facts.ts';
import type { Ref } from '../core/task/identity.ts';
import type { ClaimFacts } from '../core/work/apply-claims.ts';
import { isLive, leaseEnd } from '../core/work/lease.ts';
import { parseClaimSign } from '../core/work/live-claim.ts';
import { type ClaimRow, claimOf, claimRow, type StoredClaim, umbrellaOf } from './claim-row.ts';
import type { OriginStore } from './store.ts';

/**
 * How long a sign that was taken away is still told of: a snapshot that was begun before may show it, and so may a
 * replica of GitHub that lags behind. Longer than an umbrella takes to read.
 */
const GONE_MS = 60_000;

/**
 * What is known of the tasks of these repositories that are claimed, or still carry the sign of a claim that is over, or
 * did so a minute ago.
 */
export async function loadClaims(
  { db, origin }: OriginStore,
  repositories: readonly string[],
  now: Instant,
): Promise<readonly ClaimFacts[]> {
  if (repositories.length === 0) return [];
  const goneSince = leaseEnd(now, -GONE_MS);
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('origin', '=', origin)
    .where('repository', 'in', repositories)
    .where(({ eb, or, and }) =>
      or([
        eb('sign', 'is not', null),
        eb('sign_gone_at', '>', goneSince),
        and([eb('released_at', 'is', null), eb('expires_at', '>', now)]),
      ]),
    )
    .orderBy('task')
    .execute();
  return rows.map((row) => factsOf(row, now, goneSince));
}

function factsOf(row: ClaimRow, now: Instant, goneSince: Instant): ClaimFacts {
  const live = { agent: row.agent, token: row.token, since: row.claimed_at, until: row.expires_at };
  const isOver = row.released_at !== null || !isLive(live, now);
  const isGone = row.sign_gone_at !== null && Date.parse(row.sign_gone_at) > Date.parse(goneSince);
  return {
    key: row.task,
    live: isOver ? null : live,
    sign: parseClaimSign(row.sign),
    goneSign: isGone ? parseClaimSign(row.gone_sign) : null,
  };
}

/** The claim that holds a task now, whoever's it is. */
export async function findLiveClaim({ db, origin }: OriginStore, task: Ref, now: Instant): Promise<StoredClaim | null> {
  const row = await claimRow(db, origin, task)
    .where('released_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row === undefined ? null : claimOf(row, task);
}

interface HeldQuestion {
  readonly agent: string;
  /** `refKey`s. */
  readonly among: ReadonlySet<string>;
  readonly now: Instant;
}

/** The agent's live claim on one of these tasks; the one that ends last, where it has several. */
export async function findHeldClaim(
  { db, origin }: OriginStore,
  { agent, among, now }: HeldQuestion,
): Promise<StoredClaim | null> {
  const rows = await db
    .selectFrom('claims')
    .selectAll()
    .where('origin', '=', origin)
    .where('agent', '=', agent)
    .where('released_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('expires_at', 'desc')
    .orderBy('task')
    .execute();
  const row = rows.find(({ task }) => among.has(task));
  return row === undefined ? null : claimOf(row);
}

/** A claim as far as a rollup shows it. */
export interface LiveClaimRow {
  /** `refKey`. */
  readonly task: string;
  /** The one that it was claimed under. */
  readonly umbrella: Ref;
  readonly token: number;
  readonly expiresAt: Instant;
}

/** Every claim that holds now, of all repositories of this GitHub. */
export async function loadLiveClaims({ db, origin }: OriginStore, now: Instant): Promise<readonly LiveClaimRow[]> {
  const rows = await db
    .selectFrom('claims')
    .select(['task', 'umbrella', 'token', 'expires_at'])
    .where('origin', '=', origin)
    .where('released_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('task')
    .execute();
  return rows.map((row) => ({
    task: row.task,
    umbrella: umbrellaOf(row),
    token: row.token,
    expiresAt: row.expires_at,
  }));
}
