import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityOfPace } from '../../../src/core/reviewers/capacity-of-pace.ts';
import { longRunUtilisation } from '../../../src/core/reviewers/long-run-utilisation.ts';
import { restOneDay } from '../../../src/core/reviewers/rest-one-day.ts';
import { leastUnits, urgencyOf } from '../../../src/core/reviewers/urgency.ts';

describe('urgency', () => {
  const of = (ageHours: number, units = 1): number => urgencyOf({ ageHours, slaHours: 48, units });

  test('is 1 for a request of one unit when it is due', () => {
    expect([of(0), of(24), of(48), of(96)]).toEqual([0, 0.5, 1, 2]);
  });

  test('puts a small request before a large one of the same age, and the older of two alike first', () => {
    expect(of(24, 0.7)).toBeGreaterThan(of(24, 1.4));
    expect(of(30, 1.4)).toBeGreaterThan(of(24, 1.4));
  });

  test('lets no request starve: whatever comes later is overtaken in the end', () => {
    const units = fc.double({ min: 0.6, max: 3, noNaN: true });
    fc.assert(
      fc.property(units, units, fc.integer({ min: 1, max: 1000 }), (large, small, hoursLater) => {
        const long = 1e6;
        expect(of(long + hoursLater, small)).toBeGreaterThan(of(long, small));
        expect(of(long, large)).toBeGreaterThan(of(48, small));
      }),
    );
  });
});

test('a request takes as long as for whoever knows it best, and without anybody as for a stranger', () => {
  expect([leastUnits(2, [0, 0.25]), leastUnits(2, [1, 0]), leastUnits(2, [])]).toEqual([2.5, 2, 3]);
});

test('as much may wait at once as is begun in a day, and always one', () => {
  expect([0.1, 1, 1.2, 3.9].map(capacityOfPace)).toEqual([1, 1, 2, 4]);
});

test('utilisation is what was taken on over what the pace allowed, once there are five days', () => {
  expect(longRunUtilisation({ taken: 6, pace: 2, presentDays: 6 })).toBe(0.5);
  expect(longRunUtilisation({ taken: 6, pace: 2, presentDays: 4 })).toBeNull();
});

test('a night gives back a day of pace: debt is kept, rest is not saved up', () => {
  expect([restOneDay(2.5, 1), restOneDay(0.25, 1), restOneDay(-1, 1)]).toEqual([1.5, -0.75, -1]);
});
