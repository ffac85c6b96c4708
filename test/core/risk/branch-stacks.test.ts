import { expect, test } from 'vitest';
import { type BranchedPull, branchStacks, pullsInto } from '../../../src/core/risk/branch-stacks.ts';

const pull = (number: number, branch: string | null, base: string): BranchedPull => ({
  ref: { owner: 'octo', repo: 'harbor', number },
  ...{ branch, base },
});
const MAIN = new Set(['main']);
const numbers = (pulls: readonly BranchedPull[]): readonly number[] => pulls.map(({ ref }) => ref.number);

test('who goes into the branch of an earlier one stands on it, however high the stack', () => {
  const pulls = [pull(5, 'a', 'main'), pull(6, 'b', 'a'), pull(7, 'c', 'b'), pull(8, 'd', 'release')];
  expect(branchStacks(pulls, MAIN)).toEqual([
    { dependent: 1, on: 0 },
    { dependent: 2, on: 1 },
  ]);
  expect(numbers(pullsInto(pulls, 'main', MAIN))).toEqual([5, 6, 7]);
  expect(numbers(pullsInto(pulls, 'release', new Set(['main', 'release'])))).toEqual([8]);
});

test.each([
  ["a fork's branch of that name", [pull(5, null, 'main'), pull(6, 'b', 'a')]],
  [
    'a branch that many go into',
    [pull(5, 'next', 'main'), ...[6, 7, 8, 9, 10, 11].map((n) => pull(n, `${n}`, 'next'))],
  ],
  ['a later one, as of a release', [pull(5, 'b', 'next'), pull(6, 'next', 'main')]],
  ['the main branch, merged back', [pull(5, 'main', 'release'), pull(6, 'b', 'main')]],
])('nobody stands on %s', (_, pulls) => {
  expect(branchStacks(pulls, MAIN)).toEqual([]);
});
