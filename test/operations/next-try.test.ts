import { expect, test } from 'vitest';
import { FIRST_TRY, nextTry } from '../../src/operations/next-try.ts';

test('whoever was lost or refused is passed over, and only refusals are counted', () => {
  const second = nextTry(FIRST_TRY, { lost: ['Noor'], refused: ['lena'] });
  expect(second).toEqual({ passedOver: ['noor', 'lena'], refusals: 1 });
});

test.each([
  ['nobody was lost', FIRST_TRY, { refused: [] }],
  ['GitHub refused three', { passedOver: ['noor', 'lena'], refusals: 2 }, { refused: ['tomas'] }],
  ['the same one was lost again', { passedOver: ['noor'], refusals: 0 }, { lost: ['NOOR'], refused: [] }],
])('there is no next try where %s', (_, before, became) => {
  expect(nextTry(before, became)).toBeNull();
});
