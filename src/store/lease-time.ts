import { type Kysely, sql } from 'kysely';
import type { Instant } from '../core/task/facts.ts';
import type { Database } from './database.ts';

/**
 * What leases are measured by: the time that the caller gave, or else the clock of the database, which is one for all
 * machines that share it. Whole seconds, UTC. Inside a transaction it asks the transaction, and tells the time of the
 * question, not of the transaction's start: it may have waited for others.
 */
export async function leaseTime(db: Kysely<Database>, given: Instant | null): Promise<Instant> {
  if (given !== null) return given;
  const { rows } = await sql<{ at: Instant }>`SELECT date_trunc('second', clock_timestamp()) AS at`.execute(db);
  const [row] = rows;
  if (row === undefined) throw new Error('the database does not tell the time');
  return row.at;
}
