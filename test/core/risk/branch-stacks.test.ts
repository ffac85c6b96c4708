import { expect, test } from 'vitest';
import { type BranchedPull, branchStacks, pullsByTarget } from '../../../src/core/risk/branch-stacks.ts';

const pull = (number: number, branch: string | null, base: string): BranchedPull => ({
  ref: { owner: 'octo', repo: 'harbor', number },
  ...{ branch, base },
});
const MAIN = new Set(['main']);
const targets = (pulls: readonly BranchedPull[], trunk: ReadonlySet<string>) =>
  [...pullsByTarget(pulls, trunk)].map(([target, under]) => [target, ...under.map(({ ref }) => ref.number)]);

test('who goes into the branch of an earlier one stands on it, however high the stack', () => {
  const pulls = [pull(5, 'a', 'main'), pull(6, 'b', 'a'), pull(7, 'c', 'b'), pull(8, 'd', 'release')];
  expect(branchStacks(pulls, MAIN)).toEqual([
    { dependent: 1, on: 0 },
    { dependent: 2, on: 1 },
    { dependent: 2, on: 0 },
  ]);
  expect(targets(pulls, MAIN)).toEqual([
    ['main', 5, 6, 7],
    ['release', 8],
  ]);
  expect(targets(pulls, new Set(['main', 'a']))).toEqual([
    ['main', 5],
    ['a', 6, 7],
    ['release', 8],
  ]);
});

test.each([
  ["a fork's branch of that name", [pull(5, null, 'main'), pull(6, 'b', 'a')]],
  [
    'a branch that many go into',
    [pull(5, 'next', 'main'), ...[6, 7, 8, 9, 10, 11].map((n) => pull(n, `${n}`, 'next'))],
  ],
  ['a later one, as of a release', [pull(5, 'b', 'next'), pull(6, 'next', 'main')]],
  [
    'a branch that an earlier one goes into, nor does a later one',
    [pull(5, 'b', 'next'), pull(6, 'next', 'main'), pull(7, 'c', 'next')],
  ],
  ['the main branch, merged back', [pull(5, 'main', 'release'), pull(6, 'b', 'main')]],
])('nobody stands on %s', (_, pulls) => {
  expect(branchStacks(pulls, MAIN)).toEqual([]);
});

test('branches in a circle are followed to the first that was opened', () => {
  const pulls = [pull(5, 'a', 'c'), pull(6, 'b', 'a'), pull(7, 'c', 'b'), pull(8, 'd', 'd')];
  expect(branchStacks(pulls, MAIN)).toHaveLength(3);
  expect(targets(pulls, MAIN)).toEqual([
    ['c', 5, 6, 7],
    ['d', 8],
  ]);
});
