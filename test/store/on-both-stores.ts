import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import type { OriginStore, Store } from '../../src/store/store.ts';
import { hasPostgresql, startPostgresql, type TestPostgresql } from './local-postgresql.ts';

const now = (): string => '2026-03-02T09:00:00Z';

/** PGlite's first start in a fresh place takes seconds, and so does a new PostgreSQL. */
const START_MS = 60_000;

/**
 * Runs one suite on PGlite (in memory) and on PostgreSQL (a database of its own). `store` gives the store as
 * github.com sees it, its tables empty at the start of each test.
 */
export function describeOnBothStores(name: string, suite: (store: () => OriginStore) => void): void {
  describeStore(`${name}, on PGlite`, suite, async () => openStore({ folder: null, now }));
  describeOnPostgresql(`${name}, on PostgreSQL`, (url) => {
    describeStore('as a store', suite, () => openStore({ databaseUrl: url(), folder: null, now }));
  });
}

/** A suite that needs PostgreSQL: `url` gives the address of a fresh database. Skipped, in one line, where there is none. */
export function describeOnPostgresql(name: string, suite: (url: () => string) => void): void {
  const isThere = hasPostgresql();
  if (!isThere) console.warn(`skipped: ${name}, because PostgreSQL is not installed (apt-get install postgresql)`);
  describe.skipIf(!isThere)(name, () => {
    let server: TestPostgresql | undefined;
    let url = '';
    const database = `parasol_${randomUUID().replaceAll('-', '')}`;

    beforeAll(async () => {
      server = await startPostgresql();
      await run(server.url, `CREATE DATABASE ${database}`);
      const address = new URL(server.url);
      address.pathname = `/${database}`;
      url = address.href;
    }, START_MS);

    afterAll(async () => {
      if (server !== undefined) await run(server.url, `DROP DATABASE ${database} WITH (FORCE)`);
      await server?.stop();
    });

    suite(() => url);
  });
}

function describeStore(name: string, suite: (store: () => OriginStore) => void, open: () => Promise<Store>): void {
  describe(name, () => {
    let store: Store | undefined;
    const opened = (): OriginStore => {
      if (store === undefined) throw new Error('the store is open only while tests run');
      return { ...store, origin: 'github.com' };
    };
    beforeAll(async () => {
      store = await open();
    }, START_MS);
    beforeEach(() => emptyTables(opened()));
    afterAll(() => store?.close());
    suite(opened);
  });
}

async function emptyTables({ db }: Store): Promise<void> {
  const tables = await db.introspection.getTables();
  await sql`TRUNCATE ${sql.join(tables.map(({ name }) => sql.table(name)))}`.execute(db);
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
