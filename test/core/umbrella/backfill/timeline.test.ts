import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildTimeline, secondsOf } from '../../../../src/core/umbrella/backfill/timeline.ts';
import { backfillTask } from './backfill-task.ts';

const timelineOf = (seconds: readonly number[]) =>
  buildTimeline(seconds.map((second, n) => backfillTask(n + 1, { createdAt: new Date(second * 1_000).toISOString() })));

test.each([
  ['the moments themselves do not count', 10, 40, 2, 3, 15],
  ['in either direction', 40, 10, 2, 3, 15],
  ['from a moment to itself', 20, 20, 0, 0, 0],
  ['between neighbours', 10, 20, 0, 1, 10],
])('between two moments: %s', (_, one, other, between, from, silence) => {
  const timeline = timelineOf([10, 20, 25, 40]);
  expect([
    timeline.countBetween(one, other),
    timeline.countFrom(one, other),
    timeline.longestSilence(one, other),
  ]).toEqual([between, from, silence]);
});

test('the longest silence is that of a plain search, for any history', () => {
  const moment = fc.integer({ min: 0, max: 1_000 });
  fc.assert(
    fc.property(fc.array(moment, { minLength: 2, maxLength: 40 }), fc.nat(), fc.nat(), (moments, i, j) => {
      const [a = 0, b = 0] = [moments[i % moments.length], moments[j % moments.length]];
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const within = moments.filter((one) => one >= low && one <= high).sort((one, other) => one - other);
      const steps = within.slice(1).map((one, k) => one - (within[k] ?? 0));
      expect(timelineOf(moments).longestSilence(a, b)).toBe(Math.max(0, ...steps));
    }),
  );
});

test('a time that is missing or no time is unknown', () => {
  expect([secondsOf(null), secondsOf('soon'), secondsOf('2026-05-01T00:00:01.9Z')]).toEqual([
    null,
    null,
    1_777_593_601,
  ]);
});
