import { expect, test } from 'vitest';
import { isOwnCheckName } from '../../src/core/own-checks.ts';

test.each(['risk', 'readiness', 'rollup', 'today', 'backfill', 'drift', 'opened'])(
  'parasol/%s is our own word',
  (name) => {
    expect(isOwnCheckName(`parasol/${name}`)).toBe(true);
  },
);

test.each([
  'parasol',
  'parasol/',
  'test parasol/risk',
  'Parasol/risk',
  'parasol/risk (20)',
  'parasol/a/b',
  'my-parasol/risk',
])('%s is the word of others', (name) => {
  expect(isOwnCheckName(name)).toBe(false);
});
