import { type Kysely, type Migration, sql } from 'kysely';

/** Which GitHub each plan and claim belongs to. What was kept before is taken for github.com's, which it was by default. */
export const origins: Migration = {
  up: async (db: Kysely<unknown>) => {
    for (const table of ['plans', 'claims', 'claim_events']) {
      await db.schema
        .alterTable(table)
        .addColumn('origin', 'text', (column) => column.notNull().defaultTo(sql`'github.com'`))
        .execute();
      await db.schema
        .alterTable(table)
        .alterColumn('origin', (column) => column.dropDefault())
        .execute();
    }
    await db.schema.alterTable('claims').dropConstraint('claims_pkey').execute();
    await db.schema.alterTable('claims').addPrimaryKeyConstraint('claims_key', ['origin', 'task']).execute();
  },
};
