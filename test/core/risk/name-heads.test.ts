import { expect, test } from 'vitest';
import { nameHeads } from '../../../src/core/risk/name-heads.ts';

test('a branch that is called like a pull request takes nobody its name', () => {
  const refs = ['refs/heads/#12', 'refs/heads/work', 'refs/pull/12/head'].map((name) => ({ name, commit: 'c' }));
  expect(nameHeads(refs).map(({ name, number }) => [name, number])).toEqual([
    ['#12', 12],
    ['refs/heads/#12', null],
    ['work', null],
  ]);
});

test('pull requests come by number, not as git sorts their refs', () => {
  const refs = ['refs/pull/10/head', 'refs/pull/2/head', 'refs/remotes/pull/1'].map((name) => ({ name, commit: 'c' }));
  expect(nameHeads(refs).map(({ name }) => name)).toEqual(['#1', '#2', '#10']);
});
