import { type Kysely, type Migration, sql } from 'kysely';

/** Who works on what: one row for each task that was ever claimed, and the history of all claims. */
export const claims: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('claims')
      .addColumn('task', 'text', (column) => column.primaryKey())
      .addColumn('repository', 'text', (column) => column.notNull())
      .addColumn('umbrella', 'text', (column) => column.notNull())
      .addColumn('agent', 'text', (column) => column.notNull())
      .addColumn('token', 'bigint', (column) => column.notNull())
      .addColumn('claimed_at', 'timestamptz', (column) => column.notNull())
      .addColumn('expires_at', 'timestamptz', (column) => column.notNull())
      .addColumn('released_at', 'timestamptz')
      .addColumn('outcome', 'text')
      .addColumn('sign', 'jsonb')
      .execute();
    await db.schema.createIndex('claims_repository').on('claims').column('repository').execute();
    await db.schema
      .createTable('claim_events')
      .addColumn('id', 'bigint', (column) => column.generatedAlwaysAsIdentity().primaryKey())
      .addColumn('task', 'text', (column) => column.notNull())
      .addColumn('agent', 'text', (column) => column.notNull())
      .addColumn('token', 'bigint', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull().check(sql`event IN ('claimed', 'renewed', 'released')`))
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .addColumn('expires_at', 'timestamptz')
      .addColumn('outcome', 'text')
      .execute();
    await db.schema.createIndex('claim_events_task').on('claim_events').columns(['task', 'id']).execute();
  },
};
