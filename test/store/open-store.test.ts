import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open-store.ts';
import { describeOnBothStores, describeOnPostgresql } from './on-both-stores.ts';

const now = (): string => '2026-03-02T09:00:00Z';

const PLAN = {
  id: 'p1',
  origin: 'github.com',
  kind: 'scaffold',
  repository: 'octo/harbor',
  umbrella: 'octo/harbor#1',
  created_at: '2026-03-02T09:00:00Z',
  created_by: 'kim',
  document: JSON.stringify({ items: ['a', { b: null }] }),
  status: 'proposed',
};

const ITEM = { plan_id: 'p1', item_id: 'i1', position: 0, status: 'waiting' };

describeOnBothStores('a store', (store) => {
  test('gives a plan and its ledger back as they were put in, with times as UTC and JSON as values', async () => {
    const { db } = store();
    await db.insertInto('plans').values(PLAN).execute();
    const started_at = '2026-03-02T10:30:00.250+01:00';
    await db
      .insertInto('plan_items')
      .values({ ...ITEM, before: JSON.stringify({ labels: ['x'] }), started_at })
      .execute();
    expect(await db.selectFrom('plans').selectAll().execute()).toEqual([
      { ...PLAN, document: { items: ['a', { b: null }] }, holder: null, held_until: null },
    ]);
    expect(await db.selectFrom('plan_items').selectAll().execute()).toEqual([
      {
        ...ITEM,
        attempts: 0,
        before: { labels: ['x'] },
        after: null,
        result: null,
        reason: null,
        started_at: '2026-03-02T09:30:00.250Z',
        finished_at: null,
      },
    ]);
  });

  test('counts in numbers', async () => {
    const { db } = store();
    const counted = await db
      .selectFrom('plans')
      .select(({ fn }) => fn.countAll().as('plans'))
      .execute();
    expect(counted).toEqual([{ plans: 0 }]);
  });

  test('takes a transaction back whole when it fails', async () => {
    const { db } = store();
    const attempt = db.transaction().execute(async (transaction) => {
      await transaction.insertInto('plans').values(PLAN).execute();
      await transaction.insertInto('plans').values(PLAN).execute();
    });
    await expect(attempt).rejects.toMatchObject({ code: '23505' });
    expect(await db.selectFrom('plans').selectAll().execute()).toEqual([]);
  });

  test('answers many at once', async () => {
    const { db } = store();
    const ids = Array.from({ length: 50 }, (_, index) => `p${index}`);
    await Promise.all(
      ids.map((id) =>
        db
          .insertInto('plans')
          .values({ ...PLAN, id })
          .execute(),
      ),
    );
    const stored = await db.selectFrom('plans').select('id').execute();
    expect(stored.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  });

  test('loses the ledger of a plan with the plan', async () => {
    const { db } = store();
    await db.insertInto('plans').values(PLAN).execute();
    await db.insertInto('plan_items').values(ITEM).execute();
    await db.deleteFrom('plans').execute();
    expect(await db.selectFrom('plan_items').selectAll().execute()).toEqual([]);
  });
});

describeOnPostgresql('many replicas on one PostgreSQL', (url) => {
  test('that start at the same moment migrate it once', async () => {
    const stores = await Promise.all(
      Array.from({ length: 6 }, () => openStore({ databaseUrl: url(), folder: null, now })),
    );
    const [first] = stores;
    const executed = await sql<{ name: string }>`SELECT name FROM kysely_migration ORDER BY name`.execute(
      first?.db ?? unopened(),
    );
    expect(executed.rows.map(({ name }) => name)).toEqual(MIGRATIONS);
    await Promise.all(stores.map((store) => store.close()));
  });

  test('refuse a schema that a newer Parasol has changed, and leave it alone', async () => {
    const store = await openStore({ databaseUrl: url(), folder: null, now });
    await sql`INSERT INTO kysely_migration VALUES ('999-future', '2030-01-01')`.execute(store.db);
    const attempt = openStore({ databaseUrl: url(), folder: null, now });
    await expect(attempt).rejects.toMatchObject({
      code: 'store_too_new',
      message: 'The store was changed by a newer Parasol: this one does not know 999-future.',
    });
    await sql`DELETE FROM kysely_migration WHERE name = '999-future'`.execute(store.db);
    await store.close();
  });

  test('say that it is the database which is missing, and never the password', async () => {
    const address = new URL(url());
    address.pathname = '/nowhere';
    address.password = 'secret';
    const attempt = openStore({ databaseUrl: address.href, folder: null, now });
    await expect(attempt).rejects.toMatchObject({
      code: 'store_unavailable',
      message: `The store, PostgreSQL at ${address.host}/nowhere, cannot be used (3D000).`,
    });
  });
});

/** Those in the folder, so that none is forgotten in the list. */
const MIGRATIONS = readdirSync(join(import.meta.dirname, '../../src/store/migrations'))
  .filter((name) => /^\d/.test(name))
  .map((name) => name.replace(/\.ts$/, ''))
  .toSorted();

const unopened = (): never => {
  throw new Error('no store was opened');
};

describe('openStore', () => {
  test('says which address does not answer', async () => {
    const attempt = openStore({ databaseUrl: 'postgresql://kim:secret@127.0.0.1:1/parasol', folder: null, now });
    await expect(attempt).rejects.toMatchObject({
      code: 'store_unavailable',
      message: 'The store, PostgreSQL at 127.0.0.1:1/parasol, cannot be used (ECONNREFUSED).',
      hint: 'Check DATABASE_URL, then try again.',
    });
  });

  test.each(['mysql://localhost/x', 'nonsense', 'postgres://:0:0'])('refuses %s as an address', async (databaseUrl) => {
    await expect(openStore({ databaseUrl, folder: null, now })).rejects.toMatchObject({ code: 'usage' });
  });
});

describe('a folder', () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parasol-store-'));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  test('keeps what was stored, holds one opener at a time, and is free again once closed', {
    timeout: 60_000,
  }, async () => {
    const first = await openStore({ folder, now });
    await first.db.insertInto('plans').values(PLAN).execute();
    const attempt = openStore({ folder, now, waitMs: 0 });
    await expect(attempt).rejects.toMatchObject({
      code: 'store_locked',
      message: expect.stringContaining(`Process ${process.pid} (\`parasol`),
    });
    await first.close();
    await first.close();
    const second = await openStore({ folder, now, waitMs: 0 });
    expect(await second.db.selectFrom('plans').select('id').execute()).toEqual([{ id: 'p1' }]);
    await second.close();
  });

  test('that is damaged is told as such, and is let go of', { timeout: 60_000 }, async () => {
    rmSync(join(folder, 'pglite', 'global'), { recursive: true });
    await expect(openStore({ folder, now, waitMs: 0 })).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(openStore({ folder, now, waitMs: 0 })).rejects.toMatchObject({ code: 'store_unavailable' });
  });
});
