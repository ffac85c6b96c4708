import { PGlite } from '@electric-sql/pglite';
import { expect, test } from 'vitest';
import { readEmptyStore } from '../../src/store/empty-store.ts';

const SETTINGS = `SELECT name, setting FROM pg_settings
  WHERE name IN ('server_version', 'server_encoding', 'TimeZone', 'lc_collate', 'default_text_search_config', 'max_connections')
  ORDER BY name`;

const describeEmpty = async (pglite: PGlite) => {
  const { rows: settings } = await pglite.query(SETTINGS);
  const { rows: tables } = await pglite.query(`SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  const { rows: databases } = await pglite.query('SELECT datname, datcollate FROM pg_database ORDER BY datname');
  await pglite.close();
  return { settings, tables, databases };
};

test('what is packed is what PGlite makes by itself', async () => {
  const packed = await readEmptyStore();
  if (packed === null) throw new Error('nothing is packed: run `node .ci/bundle.mjs`');
  const unpacked = await describeEmpty(await PGlite.create('memory://', { loadDataDir: packed }));
  expect(unpacked).toEqual(await describeEmpty(await PGlite.create('memory://')));
  expect(unpacked.tables).toEqual([]);
}, 60_000);
