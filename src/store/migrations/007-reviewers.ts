import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What people said of themselves as reviewers, which is theirs alone, and which reviews Parasol asked for, so that many
 * processes give nobody more than there is room for. Logins are in lower case.
 */
export const reviewers: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .createTable('reviewer_absences')
      .addColumn('id', 'bigint', (column) => column.generatedAlwaysAsIdentity().primaryKey())
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('login', 'text', (column) => column.notNull())
      .addColumn('level', 'text', (column) => column.notNull().check(sql`level IN ('off', 'finish_only')`))
      .addColumn('starts_at', 'timestamptz', (column) => column.notNull())
      .addColumn('ends_at', 'timestamptz')
      .execute();
    await db.schema
      .createIndex('reviewer_absences_login')
      .on('reviewer_absences')
      .columns(['origin', 'login'])
      .execute();
    await db.schema
      .createTable('reviewer_capacities')
      .addColumn('origin', 'text', (column) => column.notNull())
      .addColumn('login', 'text', (column) => column.notNull())
      .addColumn('capacity', 'integer', (column) => column.notNull())
      .addPrimaryKeyConstraint('reviewer_capacities_key', ['origin', 'login'])
      .execute();
    await createRefusals(db);
    await createAssignments(db);
  },
};

async function createRefusals(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('review_refusals')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind IN ('declined', 'removed', 'rerolled')`))
    .addColumn('reason', 'text')
    .addColumn('at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('review_refusals_key', ['origin', 'request', 'login', 'kind'])
    .execute();
}

async function createAssignments(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('review_assignments')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('login', 'text', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addColumn('assigned_at', 'timestamptz', (column) => column.notNull())
    .addColumn('changed_at', 'timestamptz', (column) => column.notNull())
    .addColumn('handed_off_from', 'text')
    .addPrimaryKeyConstraint('review_assignments_key', ['origin', 'request', 'login'])
    .execute();
  await db.schema
    .createIndex('review_assignments_login')
    .on('review_assignments')
    .columns(['origin', 'login', 'state'])
    .execute();
  await db.schema
    .createTable('review_queue')
    .addColumn('origin', 'text', (column) => column.notNull())
    .addColumn('request', 'text', (column) => column.notNull())
    .addColumn('repository', 'text', (column) => column.notNull())
    .addColumn('needs', 'jsonb', (column) => column.notNull())
    .addColumn('due_at', 'timestamptz')
    .addColumn('queued_at', 'timestamptz', (column) => column.notNull())
    .addPrimaryKeyConstraint('review_queue_key', ['origin', 'request'])
    .execute();
}
