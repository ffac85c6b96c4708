import { type Kysely, Migrator } from 'kysely';
import { UserError } from '../core/failure.ts';
import type { Database } from './database.ts';
import { ALL_MIGRATIONS } from './migrations/all-migrations.ts';

const EXECUTED = 'kysely_migration';

/**
 * Brings the schema to what this program knows. Replicas that start at the same moment wait for each other on an advisory
 * lock, and each migration runs once. Throws `UserError('store_too_new')` for a schema that a newer program has changed.
 */
export async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({
    db,
    migrationTableName: EXECUTED,
    provider: { getMigrations: async () => ({ ...ALL_MIGRATIONS }) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const unknown = await findUnknown(db);
  if (unknown.length === 0) throw error;
  throw new UserError(
    'store_too_new',
    `The store was changed by a newer Parasol: this one does not know ${unknown.join(', ')}.`,
    'Update Parasol here, or point it at another store (DATABASE_URL, PARASOL_DATA).',
    { cause: error },
  );
}

async function findUnknown(db: Kysely<Database>): Promise<readonly string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === EXECUTED)) return [];
  const names = await db
    .withTables<{ [EXECUTED]: { readonly name: string } }>()
    .selectFrom(EXECUTED)
    .select('name')
    .orderBy('name')
    .execute();
  return names.flatMap(({ name }) => (name in ALL_MIGRATIONS ? [] : [name]));
}
