import { expect, test } from 'vitest';
import { nameHeads } from '../../../src/core/risk/name-heads.ts';

test('a branch that is called like a pull request takes nobody its name', () => {
  const refs = ['refs/heads/#12', 'refs/heads/work', 'refs/pull/12/head'].map((name) => ({ name, commit: 'c' }));
  expect(nameHeads(refs).map(({ name, number }) => [name, number])).toEqual([
    ['refs/heads/#12', null],
    ['work', null],
    ['#12', 12],
  ]);
});
