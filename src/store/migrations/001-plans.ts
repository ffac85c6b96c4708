import { type Kysely, type Migration, sql } from 'kysely';

/** Plans, and the ledger of what became of each of their items. */
export const plans: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('plans')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('repository', 'text', (column) => column.notNull())
      .addColumn('umbrella', 'text')
      .addColumn('created_at', 'timestamptz', (column) => column.notNull())
      .addColumn('created_by', 'text', (column) => column.notNull())
      .addColumn('document', 'jsonb', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('plans_status').on('plans').column('status').execute();
    await db.schema
      .createTable('plan_items')
      .addColumn('plan_id', 'text', (column) => column.notNull().references('plans.id').onDelete('cascade'))
      .addColumn('item_id', 'text', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('status', 'text', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(sql`0`))
      .addColumn('before', 'jsonb')
      .addColumn('after', 'jsonb')
      .addColumn('result', 'jsonb')
      .addColumn('reason', 'text')
      .addColumn('started_at', 'timestamptz')
      .addColumn('finished_at', 'timestamptz')
      .addPrimaryKeyConstraint('plan_items_key', ['plan_id', 'item_id'])
      .execute();
    await db.schema.createIndex('plan_items_status').on('plan_items').columns(['plan_id', 'status']).execute();
  },
};
