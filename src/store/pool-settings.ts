import pg from 'pg';

const { builtins } = pg.types;

/** How values come out of the database: times as UTC ISO-8601 strings, 64-bit numbers as numbers. */
export const POOL_TYPES: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === builtins.TIMESTAMPTZ) return (text: string) => instantOf(text);
    if (oid === builtins.INT8) return Number;
    return pg.types.getTypeParser(oid, format);
  },
};

/** PostgreSQL writes `2026-05-04 09:30:00+00`; as on GitHub there is no fraction unless it says something. */
const instantOf = (text: string): string =>
  new Date(text.replace(/([+-]\d\d)$/, '$1:00')).toISOString().replace('.000Z', 'Z');
