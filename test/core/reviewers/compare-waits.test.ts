import { expect, test } from 'vitest';
import {
  compareWaits,
  FEWEST_CHANGES,
  FEWEST_WEEKS,
  type WaitPair,
} from '../../../src/core/reviewers/simulation/compare-waits.ts';
import { seededRandom } from '../../../src/core/seeded-random.ts';

/** Waits of about a day, and of three in some weeks, drawn for both ways alike; ours shorter by so many hours. */
function drawPairs(seed: number, { count = 200, weeks = 20, shorter = 0 } = {}): readonly WaitPair[] {
  const random = seededRandom(seed);
  const busy = Array.from({ length: weeks }, () => (random() < 0.3 ? 48 : 0));
  return Array.from({ length: count }, (_, index) => {
    const week = index % weeks;
    const wait = (): number => (busy[week] ?? 0) + 48 * random();
    return { week, today: wait(), ours: wait() - shorter };
  });
}

test('ways that differ by chance alone are mostly not told apart, and ways that differ by much are', () => {
  const seeds = Array.from({ length: 60 }, (_, seed) => seed);
  const sure = (shorter: number): number =>
    seeds.filter((seed) => {
      const { interval } = compareWaits(drawPairs(seed, { shorter }), seed);
      return interval !== null && (interval.low > 0 || interval.high < 0);
    }).length;
  expect(sure(0)).toBeLessThanOrEqual(6);
  expect(sure(24)).toBeGreaterThanOrEqual(54);
});

test('the difference is of the waits that 95 % do not exceed, and lies in its interval', () => {
  const same = drawPairs(1).map((pair) => ({ ...pair, ours: pair.today - 5 }));
  const { p95Hours, interval } = compareWaits(same, 1);
  expect([p95Hours, interval?.low, interval?.high].map((hours) => Number(hours?.toFixed(9)))).toEqual([-5, -5, -5]);
});

test('too few changes, or weeks, are told apart by nothing', () => {
  const intervalOf = (count: number, weeks: number) =>
    compareWaits(drawPairs(3, { count, weeks, shorter: 40 }), 1).interval;
  expect([intervalOf(FEWEST_CHANGES - 1, 20), intervalOf(FEWEST_CHANGES, FEWEST_WEEKS - 1)]).toEqual([null, null]);
  expect(intervalOf(FEWEST_CHANGES, FEWEST_WEEKS)?.high).toBeLessThan(0);
});
