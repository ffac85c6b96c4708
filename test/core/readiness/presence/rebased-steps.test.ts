import { expect, test } from 'vitest';
import { originOf, rebasedSteps, stepsByMessages } from '../../../../src/core/readiness/presence/rebased-steps.ts';

const commit = (author: string, message: string, parents = ['p']) => ({
  ...{ sha: message, tree: 't', parents, author, at: '2026-01-01T00:00:00.000Z', message },
});

test('a rebased change is its last step and those before it with the origins of its commits', () => {
  const line = [
    commit('1 kim', 'Other'),
    commit('2 ravi', 'One\n\ntext'),
    commit('3 ravi', 'Two'),
    commit('4 ravi', 'Three'),
  ];
  const origins = new Set(line.slice(1).map(originOf));
  expect(rebasedSteps(line, 3, origins)).toEqual([3, 2, 1]);
});

test('a squash is one step, and a merge before it ends a rebase', () => {
  const line = [commit('1 kim', 'One'), commit('2 kim', 'Two', ['p', 'q']), commit('3 kim', 'Three')];
  expect(rebasedSteps(line, 2, new Set())).toEqual([2]);
  expect(rebasedSteps(line, 2, new Set(line.map(originOf)))).toEqual([2]);
});

test('without its commits a rebase is told by their messages, one before the other; a squash and a merge are one step', () => {
  const line = ['Two', 'Other', 'One\n\ntext\n', 'Two', 'Three'].map((message) => commit('1 kim', message));
  const messages = ['One\n\ntext', 'left out', 'Two', 'Three'];
  expect(stepsByMessages(line, 4, messages)).toEqual([4, 3, 2]);
  expect(stepsByMessages(line, 3, ['Two'])).toEqual([3]);
  expect(stepsByMessages(line, 4, ['Other', 'Two'])).toEqual([4]);
  const merged = [commit('1 kim', 'One'), commit('2 kim', 'Two', ['p', 'q']), commit('3 kim', 'Three')];
  expect(stepsByMessages(merged, 2, ['One', 'Two', 'Three'])).toEqual([2]);
});
