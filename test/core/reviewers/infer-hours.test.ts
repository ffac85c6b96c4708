import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inferHours } from '../../../src/core/reviewers/infer-hours.ts';

const NOW = '2026-05-29T23:00:00Z';
const HOUR = 3_600_000;

/** An act at each of these UTC hours (30 is six the next morning) of each day of so many weeks before NOW. */
function acts(hours: readonly number[], { weeks = 4, days = [1, 2, 3, 4, 5] } = {}): readonly string[] {
  // A Monday.
  const first = Date.UTC(2026, 4, 25) - (weeks - 1) * 7 * 24 * HOUR;
  return Array.from({ length: weeks }, (_, week) => week).flatMap((week) =>
    days.flatMap((day) =>
      hours.map((hour) => new Date(first + ((week * 7 + day - 1) * 24 + hour + 0.4) * HOUR).toISOString()),
    ),
  );
}

const WEEKDAYS = [1, 2, 3, 4, 5];
const office = [9, 10, 11, 13, 14, 15, 16];

describe('hours of work', () => {
  test('are read from what somebody did, with how much that was', () => {
    expect(inferHours(acts(office), NOW)).toEqual({
      hours: { timeZone: '+00:00', days: WEEKDAYS, from: 9, to: 17 },
      evidence: 140,
    });
  });

  test('have the offset under which they are office hours', () => {
    const zoneOf = (shift: number) => inferHours(acts(office.map((hour) => hour + shift)), NOW)?.hours.timeZone;
    expect([-8, -2, 5, 7, 9].map(zoneOf)).toEqual(['+08:00', '+02:00', '-05:00', '-07:00', '-09:00']);
  });

  test('move with all that was done', () => {
    const times = acts([8, 9, 10, 12, 15, 16, 20]);
    const offsetOf = (by: number): number => {
      const moved = times.map((at) => new Date(Date.parse(at) - by * HOUR).toISOString());
      return Number(inferHours(moved, NOW)?.hours.timeZone.slice(0, 3));
    };
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 11 }), (by) => {
        expect(offsetOf(by)).toBe(offsetOf(0) + by);
      }),
    );
  });

  test('have the days on which somebody works', () => {
    const days = [7, 1, 2, 3, 4];
    expect(inferHours(acts(office, { days }), NOW)?.hours.days).toEqual([1, 2, 3, 4, 7]);
  });

  test('are not moved by one Saturday, or by one busy hour of a night', () => {
    const saturday = ['2026-05-23T11:00:00Z', '2026-05-23T12:00:00Z'];
    const night = Array.from({ length: 60 }, (_, index) => `2026-05-20T02:${String(index).padStart(2, '0')}:00Z`);
    expect(inferHours([...acts(office), ...saturday, ...night], NOW)?.hours).toEqual({
      timeZone: '+00:00',
      days: WEEKDAYS,
      from: 9,
      to: 17,
    });
  });

  test.each([
    ['less than twenty acts', acts([10], { weeks: 3 })],
    ['less than five days', acts(office, { weeks: 4, days: [2] })],
    ['acts around the clock', acts(Array.from({ length: 24 }, (_, hour) => hour))],
    ['acts of long ago', acts(office).map((at) => at.replace('2026', '2025'))],
    ['acts that are still to come', acts(office).map((at) => at.replace('2026', '2027'))],
  ])('are not known from %s', (_, times) => {
    expect(inferHours(times, NOW)).toBeNull();
  });
});
