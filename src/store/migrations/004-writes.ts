import type { Kysely, Migration } from 'kysely';

/** When each write was begun: all plans of a store share GitHub's limits, and an item may take several. */
export const writes: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('writes')
      .addColumn('id', 'bigint', (column) => column.generatedAlwaysAsIdentity().primaryKey())
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('writes_at').on('writes').column('at').execute();
    await db.schema.dropIndex('plan_items_started').execute();
  },
};
