import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import type { Database } from './database.ts';
import { readEmptyStore } from './empty-store.ts';
import { migrate } from './migrate.ts';
import { POOL_TYPES } from './pool-settings.ts';
import type { Store } from './store.ts';
import { takeStoreLock } from './store-lock.ts';

export interface OpenStoreOptions {
  /** A PostgreSQL; absent or null: PGlite in `folder`. */
  readonly databaseUrl?: string | null;
  /** Null: PGlite in memory, gone with `close`. */
  readonly folder: string | null;
  readonly now: () => Instant;
  /** Told of connections that broke while nobody used them. */
  readonly log?: (message: string, cause: unknown) => void;
  /** How long to wait for another process to let go of the folder. Default: two seconds. */
  readonly waitMs?: number;
  /** Where this process takes operations for others while it holds the folder, and what they must show. */
  readonly serves?: { readonly url: string; readonly secret: string };
}

const WAIT_MS = 2000;
const CONNECT_MS = 10_000;

/**
 * Opens PostgreSQL, or PGlite (PostgreSQL inside this process) in a folder that it locks, and brings the schema up to
 * date. Both are one `pg.Pool` to the rest. Throws `UserError`: `store_locked`, `store_too_new`, `store_unavailable`.
 */
export async function openStore(options: OpenStoreOptions): Promise<Store> {
  return options.databaseUrl ? openPostgresql(options.databaseUrl, options) : openPglite(options);
}

async function openPostgresql(databaseUrl: string, { log = () => {} }: OpenStoreOptions): Promise<Store> {
  const pool = new pg.Pool({ ...connectionOf(databaseUrl), connectionTimeoutMillis: CONNECT_MS, types: POOL_TYPES });
  pool.on('error', (cause) => log('a connection to PostgreSQL broke', cause));
  return ready(pool, 'postgresql', {
    start: async () => {},
    end: () => pool.end(),
    failed: (cause) => unavailable(`PostgreSQL at ${placeOf(databaseUrl)}`, 'Check DATABASE_URL', cause),
  });
}

async function openPglite({ folder, now, waitMs = WAIT_MS, serves }: OpenStoreOptions): Promise<Store> {
  const lock = folder === null ? null : await takeStoreLock(folder, { now, waitMs, serves: serves ?? null });
  const pglite = folder === null ? await openInMemory() : new PGlite(join(folder, 'pglite'));
  // A connection given up as idle would only have to be made again: there is no more than this one.
  const pool = new pg.Pool({ ...createPgConfig(pglite), max: 1, idleTimeoutMillis: 0, types: POOL_TYPES });
  return ready(pool, 'pglite', {
    // Asked for by name: a pool would leave its failure to nobody.
    start: () => pglite.waitReady,
    end: async () => {
      await pool.end();
      if (pglite.ready) await pglite.close();
      lock?.release();
    },
    failed: (cause) => unavailable(`PGlite in ${folder ?? 'memory'}`, 'Check that the folder is whole and ours', cause),
  });
}

async function openInMemory(): Promise<PGlite> {
  const empty = await readEmptyStore();
  return new PGlite('memory://', empty === null ? {} : { loadDataDir: empty });
}

interface Opening {
  readonly start: () => Promise<void>;
  readonly end: () => Promise<void>;
  readonly failed: (cause: unknown) => UserError;
}

async function ready(pool: pg.Pool, kind: Store['kind'], { start, end, failed }: Opening): Promise<Store> {
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  try {
    await start();
    await migrate(db);
  } catch (cause) {
    await end().catch(() => {});
    throw cause instanceof UserError ? cause : failed(cause);
  }
  let ending: Promise<void> | undefined;
  return {
    db,
    kind,
    close: () => {
      ending ??= end();
      return ending;
    },
  };
}

/** Throws `UserError('usage')` for what is no address of a PostgreSQL. */
function connectionOf(databaseUrl: string): pg.PoolConfig {
  if (/^postgres(ql)?:\/\//.test(databaseUrl) && URL.canParse(databaseUrl)) return { connectionString: databaseUrl };
  throw new UserError(
    'usage',
    'DATABASE_URL is no address of a PostgreSQL.',
    'It looks like postgresql://user:password@host:5432/database.',
  );
}

/** Without user and password. */
function placeOf(databaseUrl: string): string {
  const { host, pathname } = new URL(databaseUrl);
  return `${host}${pathname}`;
}

function unavailable(place: string, advice: string, cause: unknown): UserError {
  const why = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
  return new UserError(
    'store_unavailable',
    `The store, ${place}, cannot be used${why}.`,
    `${advice}, then try again.`,
    {
      cause,
    },
  );
}
