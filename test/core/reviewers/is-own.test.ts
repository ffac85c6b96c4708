import { expect, test } from 'vitest';
import { isOwn } from '../../../src/core/reviewers/simulation/is-own.ts';

test('a change is one’s own by writing or by opening it', () => {
  const change = { author: 'ada', openedBy: 'kim' };
  expect(['ada', 'kim', 'ravi'].map((id) => isOwn(change, id))).toEqual([true, true, false]);
  expect([isOwn({ author: 'kim' }, 'kim'), isOwn({ author: 'kim', openedBy: null }, 'ravi')]).toEqual([true, false]);
});
