import { describe, expect, test } from 'vitest';
import { fitLogistic, logOddsOf, sigmoid } from '../../../src/core/risk/fit-logistic.ts';

/** `times` observations, the given share of which happened. */
const observed = (features: readonly number[], share: number, times = 4000) =>
  Array.from({ length: times }, (_, i) => ({ features: Float64Array.from(features), happened: i < share * times }));

describe('a logistic regression', () => {
  test('finds the odds that the observations show', () => {
    const [constant = 0, weight = 0] = fitLogistic([...observed([1, 0], 0.1), ...observed([1, 1], 0.8)], [0, 0]);
    expect(sigmoid(constant)).toBeCloseTo(0.1, 2);
    expect(sigmoid(constant + weight)).toBeCloseTo(0.8, 2);
  });

  test('leaves out a feature that would speak against, and fits the rest without it', () => {
    const observations = [...observed([1, 0, 0], 0.1), ...observed([1, 1, 0], 0.8), ...observed([1, 0, 1], 0.02)];
    const [constant = 0, , against] = fitLogistic(observations, [0, 0, 0]);
    expect(against).toBe(0);
    expect(sigmoid(constant)).toBeCloseTo(0.06, 2);
  });

  test('a weight that nothing was seen of stays where it starts', () => {
    expect(fitLogistic(observed([1, 0], 0.3), [0, 2.5])[1]).toBeCloseTo(2.5, 6);
  });

  test('the order of the observations changes nothing that matters', () => {
    const observations = [...observed([1, 0], 0.1, 50), ...observed([1, 1], 0.8, 50)];
    const [one, other] = [observations, [...observations].reverse()].map((all) => fitLogistic(all, [0, 0]));
    expect(one?.map((weight) => weight.toFixed(9))).toEqual(other?.map((weight) => weight.toFixed(9)));
  });

  test('log-odds are the inverse of the sigmoid', () => {
    expect(logOddsOf(sigmoid(1.25))).toBeCloseTo(1.25, 12);
  });
});
