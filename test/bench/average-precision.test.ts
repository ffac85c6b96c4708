import { describe, expect, test } from 'vitest';
import { seededRandom } from '../../src/core/seeded-random.ts';
import { averagePrecision } from './average-precision.ts';
import { calibrationError, macroPrecision, successes } from './risk-figures.ts';

const scored = (...pairs: readonly (readonly [number, boolean])[]) =>
  pairs.map(([score, isConflict]) => ({ score, isConflict }));

describe('average precision', () => {
  test.each([
    ['all conflicts first', scored([0.9, true], [0.8, true], [0.1, false]), 0, 1],
    ['a hit at place 1 and one at place 3', scored([0.9, true], [0.8, false], [0.1, true]), 0, (1 + 2 / 3) / 2],
    ['of two equal scores either may come first', scored([0.5, true], [0.5, false]), 0, (1 + 1 / 2) / 2],
    ['the order of rows is worth nothing', scored([0.5, false], [0.5, true]), 0, (1 + 1 / 2) / 2],
    ['a conflict that scores 0 lies among the unlisted', scored([0, true]), 1, (1 + 1 / 2) / 2],
    ['unlisted pairs come after all that scores more', scored([0.1, true]), 1000, 1],
  ])('%s', (_, pairs, unlisted, expected) => {
    expect(averagePrecision(pairs, unlisted)).toBeCloseTo(expected, 12);
  });

  test('without a conflict there is none', () => {
    expect(averagePrecision(scored([0.1, false]), 5)).toBeNaN();
  });
});

test('probabilities that come true have no calibration error, and those that do not have their distance', () => {
  const tenth = Array.from({ length: 100 }, (_, i): readonly [number, boolean] => [0.1, i % 10 === 0]);
  expect(calibrationError(scored(...tenth))).toBeCloseTo(0, 12);
  expect(calibrationError(scored(...tenth.map(([, is]): readonly [number, boolean] => [0.4, is])))).toBeCloseTo(
    0.3,
    12,
  );
});

test('the interval of a macro precision holds its mean and is the same in every run', () => {
  const repository = {
    scored: scored([0.9, true], [0.8, false], [0.7, true], [0.2, false], [0.1, false]),
    unlisted: 20,
  };
  const one = macroPrecision([repository, { scored: scored([0.3, true], [0.2, false]), unlisted: 3 }]);
  expect(one).toEqual(macroPrecision([repository, { scored: scored([0.3, true], [0.2, false]), unlisted: 3 }]));
  expect(one.mean).toBeCloseTo((5 / 6 + 1) / 2, 12);
  expect([one.low <= one.mean, one.mean <= one.high, one.low > 0]).toEqual([true, true, true]);
});

test('the interval draws pairs that share no path anew, too', () => {
  const { mean, low, high } = macroPrecision([{ scored: scored([0, true]), unlisted: 1 }]);
  // Of the two, either may be drawn twice; that without a conflict counts for nothing.
  expect([mean, low, high]).toEqual([0.75, 0.75, 1]);
});

test.each([
  [1000, 0.3],
  [1000, 0.9],
  [1_000_000_000, 5e-9],
  [7, 0],
  [7, 1],
])('of %d trials of probability %d as many succeed as should, and spread as they should', (trials, p) => {
  const random = seededRandom(3);
  const draws = Array.from({ length: 4000 }, () => successes(trials, p, random));
  const mean = draws.reduce((sum, one) => sum + one, 0) / draws.length;
  const variance = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / draws.length;
  const expected = trials * p * (1 - p);
  expect(Math.abs(mean - trials * p)).toBeLessThanOrEqual(4 * Math.sqrt(expected / draws.length));
  expect(Math.abs(variance - expected)).toBeLessThanOrEqual(expected * 0.15);
});
