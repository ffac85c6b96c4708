import type { Kysely, Migration } from 'kysely';

/** Who applies or undoes a plan right now: one process at a time. */
export const planLeases: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema.alterTable('plans').addColumn('holder', 'text').addColumn('held_until', 'timestamptz').execute();
    await db.schema.createIndex('plan_items_started').on('plan_items').column('started_at').execute();
  },
};
