import type { Kysely, Selectable } from 'kysely';
import type { Instant } from '../core/task/facts.ts';
import { parseRef, type Ref, refKey } from '../core/task/identity.ts';
import { type ClaimSign, parseClaimSign } from '../core/work/live-claim.ts';
import type { Database } from './database.ts';

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

export type ClaimRow = Selectable<Database['claims']>;

/** The row of a task that was ever claimed on this GitHub. */
export const claimRow = (db: Kysely<Database>, origin: string, task: Ref) =>
  db.selectFrom('claims').selectAll().where('origin', '=', origin).where('task', '=', refKey(task));

/** `task`: as the caller writes it, in whatever case; default: as it is stored. */
export function claimOf(row: ClaimRow, task = refOf(row.task)): StoredClaim {
  const { agent, token, claimed_at: claimedAt, expires_at: expiresAt } = row;
  return { task, umbrella: umbrellaOf(row), agent, token, claimedAt, expiresAt, sign: parseClaimSign(row.sign) };
}

/** Throws for what this program never wrote. */
export const umbrellaOf = ({ umbrella }: Pick<ClaimRow, 'umbrella'>): Ref => refOf(umbrella);

function refOf(text: string): Ref {
  const parsed = parseRef(text, { defaultRepository: null, ids: [] });
  if (parsed === null || !('number' in parsed)) throw new Error(`a claim names the issue "${text}"`);
  return parsed;
}

/** One line of the history. */
export async function recordClaim(
  db: Kysely<Database>,
  row: ClaimRow,
  { event, at }: { readonly event: 'claimed' | 'renewed' | 'released'; readonly at: Instant },
): Promise<void> {
  const { origin, task, agent, token, outcome } = row;
  const expires_at = event === 'released' ? null : row.expires_at;
  await db.insertInto('claim_events').values({ origin, task, agent, token, event, at, expires_at, outcome }).execute();
}
