import type { Kysely, Migration } from 'kysely';

/** What a claim had put on its issue and somebody has taken away: who read GitHub just before still sees it there. */
export const signsGone: Migration = {
  up: async (db: Kysely<unknown>) => {
    await db.schema
      .alterTable('claims')
      .addColumn('gone_sign', 'jsonb')
      .addColumn('sign_gone_at', 'timestamptz')
      .execute();
    await db.schema.createIndex('claims_agent').on('claims').columns(['origin', 'agent']).execute();
  },
};
