import { expect, test } from 'vitest';
import { timeLeft } from '../../../src/surfaces/cli/time-left.ts';

/** After so many seconds so many of a thousand are done. */
const left = (seconds: number, done: number, total: number | null = 1000): string =>
  timeLeft({ atMs: 5000, done: 0 }, { atMs: 5000 + seconds * 1000, done }, total);

test.each([
  [10, 500, '~10 s left'],
  [10, 490, '~15 s left'],
  [10, 150, '~1 min left'],
  [10, 140, '~2 min left'],
  [36, 10, '~1 h left'],
  [60, 10, '~1 h 39 min left'],
])('after %i seconds for %i of a thousand it is %s', (seconds, done, words) => {
  expect(left(seconds, done)).toBe(words);
});

test('nothing is told too early, of nothing done, of no total, or at the end', () => {
  expect([left(2, 500), left(10, 0), left(10, 500, null), left(10, 1000)]).toEqual(['', '', '', '']);
});
