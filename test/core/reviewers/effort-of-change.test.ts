import { expect, test } from 'vitest';
import { effortOfChange } from '../../../src/core/reviewers/effort-of-change.ts';

test('a change is as much work as in the reference model, which reads no more than 5,000 lines of it', () => {
  expect([0, 2, 62, 5000, 90_000].map((lines) => effortOfChange(lines).toFixed(3))).toEqual([
    '0.625',
    '0.750',
    '1.250',
    '2.036',
    '2.036',
  ]);
});
