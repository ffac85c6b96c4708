import { expect, test } from 'vitest';
import { closeNames } from '../../src/core/close-names.ts';

const NAMES = ['main', 'release/2', 'release/3', 'releases', 'docs'];

test.each([
  ['mian', ['main']],
  ['relase/3', ['release/3', 'release/2']],
  ['DOCS', ['docs']],
  ['release', ['releases', 'release/2', 'release/3']],
  ['nosuch', []],
])('%s may mean %j', (meant, close) => {
  expect(closeNames(meant, NAMES)).toEqual(close);
});
