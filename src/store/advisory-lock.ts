import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

/**
 * Waits until nobody else holds this name, and holds it until the transaction ends: for what no row stands for yet that
 * two callers could meet at. Names that share a hash only wait without need.
 */
export const lockByName = (db: Kysely<Database>, name: string) =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);

/** All of these, one after the other as they are given: whoever takes several gives them in the order of all others. */
export const lockByNames = (db: Kysely<Database>, names: readonly string[]) =>
  sql`SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(${[...names]}::text[]) AS name`.execute(db);
