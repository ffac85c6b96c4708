import type { Kysely, Migration } from 'kysely';

/** Readiness reports that somebody asked for once: where they stand, and what their verdicts are about. */
export const answeredReports: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('answered_reports')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('owner', 'text', (column) => column.notNull())
      .addColumn('repo', 'text', (column) => column.notNull())
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('scope_key', 'text', (column) => column.notNull())
      .addColumn('scope', 'text', (column) => column.notNull())
      .addColumn('branch', 'text', (column) => column.notNull())
      .addColumn('sha', 'text')
      .addColumn('expires_at', 'timestamptz')
      .addColumn('is_over', 'boolean', (column) => column.notNull())
      .addColumn('written_at', 'timestamptz', (column) => column.notNull())
      .addPrimaryKeyConstraint('answered_reports_key', ['origin', 'owner', 'repo', 'number', 'scope_key'])
      .execute();
  },
};
