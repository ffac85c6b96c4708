import { expect, test } from 'vitest';
import { chooseThreshold, NO_THRESHOLD } from '../../../../src/core/umbrella/backfill/review-threshold.ts';

const answers = (probability: number, right: number, wrong: number) =>
  [...Array(right).fill(true), ...Array(wrong).fill(false)].map((isRight: boolean) => ({ probability, isRight }));

test('the threshold is the lowest from which on more than 85 of 100 suggestions are right', () => {
  expect(chooseThreshold([...answers(0.45, 10, 40), ...answers(0.65, 60, 2)])).toBe(0.5);
  expect(chooseThreshold(answers(0.45, 60, 2))).toBe(0.4);
});

test('a few right ones prove nothing', () => {
  expect(chooseThreshold(answers(0.95, 3, 0))).toBe(NO_THRESHOLD);
});

test('where even the surest are wrong nothing is worth a look', () => {
  expect(chooseThreshold(answers(0.99, 50, 50))).toBe(NO_THRESHOLD);
});
