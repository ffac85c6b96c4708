import { expect, test } from 'vitest';
import { isCostly } from '../../../src/core/risk/rename-cost.ts';
import type { TouchedFile } from '../../../src/core/risk/touched-file.ts';

const files = (count: number, status: TouchedFile['status']): readonly TouchedFile[] =>
  Array.from({ length: count }, (_, index) => ({ path: `${status}/${index}`, status, hunks: null }));

test.each([
  ['many new files alone', files(5_000, 'added'), 1, false],
  ['many new files where as many are gone', [...files(300, 'added'), ...files(300, 'deleted')], 1, true],
  ['a few files after criss-cross merges', files(20, 'modified'), 12, false],
  ['a thousand files after criss-cross merges', files(1_000, 'modified'), 12, true],
])('%s', (_, changed, mergeBases, expected) => {
  expect(isCostly(changed, mergeBases)).toBe(expected);
});
