import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

/** What Parasol keeps besides GitHub: plans with their ledger, and claims. */
export interface Store {
  /**
   * One connection pool. On PGlite it holds a single connection: inside a transaction ask only the transaction, because a
   * question to `db` would wait for the transaction to end, for ever.
   */
  readonly db: Kysely<Database>;
  readonly kind: 'pglite' | 'postgresql';
  /** Ends the connections and lets go of the folder. A second call does nothing. */
  close(): Promise<void>;
}

/** A store as one GitHub sees it: nothing in it belongs to another. */
export interface OriginStore extends Store {
  /** `originOf` its API: `github.com`, `ghe.example.com`. */
  readonly origin: string;
}
