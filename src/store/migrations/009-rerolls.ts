import type { Kysely, Migration } from 'kysely';

/** Comments that asked for other reviewers: what GitHub delivers twice is done once, also by a process that started since. */
export const rerolls: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('review_rerolls')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('request', 'text', (column) => column.notNull())
      .addColumn('words', 'text', (column) => column.notNull())
      .addColumn('at', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('review_rerolls_key', ['origin', 'request', 'words'])
      .execute();
  },
};
