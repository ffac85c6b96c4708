import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterWorkingHours,
  hoursUntilWork,
  nextWorkingMoment,
  workingDayOf,
  workingHoursBetween,
} from '../../../src/core/reviewers/next-working-moment.ts';
import type { Absence, WorkingHours } from '../../../src/core/reviewers/review-facts.ts';

const BERLIN: WorkingHours = { timeZone: 'Europe/Berlin', days: [1, 2, 3, 4, 5], from: 9, to: 17 };

const next = (from: string, hours: Partial<WorkingHours> = {}): string =>
  new Date(nextWorkingMoment({ ...BERLIN, ...hours }, Date.parse(from))).toISOString();

const hoursFrom = (now: string, absences: readonly Absence[] = [], hours: WorkingHours | null = BERLIN): number =>
  hoursUntilWork({ hours, absences }, now);

describe('the next working moment', () => {
  test.each([
    ['in the middle of the day is now', '2026-05-04T08:30:00Z', '2026-05-04T08:30:00.000Z'],
    ['before work is its beginning', '2026-05-04T05:00:00Z', '2026-05-04T07:00:00.000Z'],
    ['at the end of work is the next day', '2026-05-04T15:00:00Z', '2026-05-05T07:00:00.000Z'],
    ['on Friday evening is Monday', '2026-05-08T18:00:00Z', '2026-05-11T07:00:00.000Z'],
    ['goes by the clocks there: winter', '2026-01-05T05:00:00Z', '2026-01-05T08:00:00.000Z'],
    ['comes an hour sooner after the clocks went forward', '2026-03-27T18:00:00Z', '2026-03-30T07:00:00.000Z'],
    ['comes an hour later after the clocks went back', '2026-10-23T18:00:00Z', '2026-10-26T08:00:00.000Z'],
  ])('%s', (_, from, expected) => {
    expect(next(from)).toBe(expected);
  });

  test.each([
    ['an offset', { timeZone: '+05:30' }, '2026-05-04T00:00:00Z', '2026-05-04T03:30:00.000Z'],
    ['an offset to the west', { timeZone: '-08:00' }, '2026-05-04T01:00:00Z', '2026-05-04T17:00:00.000Z'],
    ['half hours of a zone', { timeZone: 'Asia/Kolkata' }, '2026-05-04T00:00:00Z', '2026-05-04T03:30:00.000Z'],
    ['a zone a day ahead', { timeZone: 'Pacific/Auckland' }, '2026-05-03T18:00:00Z', '2026-05-03T21:00:00.000Z'],
    ['half hours of work', { from: 9.5 }, '2026-05-04T05:00:00Z', '2026-05-04T07:30:00.000Z'],
    ['days of one’s own', { days: [7] }, '2026-05-04T08:00:00Z', '2026-05-10T07:00:00.000Z'],
    ['all day', { from: 0, to: 24 }, '2026-05-08T23:00:00Z', '2026-05-10T22:00:00.000Z'],
  ])('takes %s', (_, hours, from, expected) => {
    expect(next(from, hours)).toBe(expected);
  });

  test('is an hour later where the clocks skip the hour in which work begins', () => {
    expect(next('2026-03-28T23:30:00Z', { days: [7], from: 2, to: 6 })).toBe('2026-03-29T01:00:00.000Z');
  });

  test('is the first of two where the clocks show the hour twice', () => {
    expect(next('2026-10-24T23:30:00Z', { days: [7], from: 2, to: 6 })).toBe('2026-10-25T00:00:00.000Z');
  });

  describe('over midnight', () => {
    const night = { days: [5], from: 22, to: 30 };

    test.each([
      ['on Friday before it is its beginning', '2026-05-08T10:00:00Z', '2026-05-08T20:00:00.000Z'],
      ['on the Saturday morning of it is now', '2026-05-09T03:59:59Z', '2026-05-09T03:59:59.000Z'],
      ['at its end is in a week, as its day is Friday', '2026-05-09T04:00:00Z', '2026-05-15T20:00:00.000Z'],
      [
        'on Friday morning is in the evening: the night before was Thursday’s',
        '2026-05-08T01:00:00Z',
        '2026-05-08T20:00:00.000Z',
      ],
    ])('%s', (_, from, expected) => {
      expect(next(from, night)).toBe(expected);
    });

    test('goes from Sunday into Monday', () => {
      expect(next('2026-05-11T03:00:00Z', { ...night, days: [7] })).toBe('2026-05-11T03:00:00.000Z');
    });

    test.each([
      ['forward', '2026-03-29T03:59:59Z', '2026-03-29T04:00:00Z', 7],
      ['back', '2026-10-25T04:59:59Z', '2026-10-25T05:00:00Z', 9],
    ])('lasts until its end by the clocks when they go %s in it', (_, last, end, hours) => {
      const saturday = { ...night, days: [6] };
      const begin = Date.parse(end) - hours * 3_600_000;
      expect(next(last, saturday)).toBe(new Date(last).toISOString());
      expect(next(end, saturday)).not.toBe(new Date(end).toISOString());
      expect(next(new Date(begin - 1000).toISOString(), saturday)).toBe(new Date(begin).toISOString());
    });
  });

  test('never comes for who works on no day', () => {
    expect(nextWorkingMoment({ ...BERLIN, days: [] }, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  test('lies within working hours as another reading of the clocks has them, and none lies before it', () => {
    const zones = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu');
    const moments = fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 1) });
    // From 05:00 on and until 24:00 or 05:00: no clock is changed when work begins or ends.
    const minutes = fc.record({
      from: fc.integer({ min: 5 * 60, max: 24 * 60 - 1 }),
      length: fc.integer({ min: 1, max: 24 * 60 }),
    });
    const spans = minutes
      .map(({ from, length }) => ({ from: from / 60, to: (from + length) / 60 }))
      .filter(({ to }) => to <= 24 || to >= 29);
    const weeks = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    fc.assert(
      fc.property(zones, spans, weeks, moments, fc.nat(), (timeZone, span, days, moment, pick) => {
        const hours = { timeZone, days, ...span };
        const found = nextWorkingMoment(hours, moment);
        expect(isWorking(hours, found)).toBe(true);
        if (found === moment) return;
        expect(isWorking(hours, moment + (pick % (found - moment)))).toBe(false);
      }),
    );
  });
});

/** By the minute and the weekday that are shown there: of today's work, or of yesterday's after midnight. */
function isWorking({ timeZone, days, from, to }: WorkingHours, moment: number): boolean {
  const shown = new Date(moment).toLocaleString('en-US', {
    timeZone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const [, weekday = '', hour = '', minute = ''] = /^(\w+)\D+(\d+):(\d+)/.exec(shown) ?? [];
  const day = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(weekday);
  const time = Number(hour) * 60 + Number(minute);
  const isWithin = (one: number): boolean => one >= Math.round(from * 60) && one < Math.round(to * 60);
  return (days.includes(day + 1) && isWithin(time)) || (days.includes(((day + 6) % 7) + 1) && isWithin(time + 24 * 60));
}

test.each([
  ['2026-05-08T21:00:00Z', '2026-05-08'],
  ['2026-05-09T03:59:59Z', '2026-05-08'],
  ['2026-05-09T04:00:00Z', '2026-05-09'],
  ['2026-03-29T03:59:59Z', '2026-03-28'],
  ['2026-03-29T04:00:00Z', '2026-03-29'],
])('at %s somebody who works over midnight does the work of %s', (at, day) => {
  const hours = { ...BERLIN, from: 22, to: 30 };
  expect(workingDayOf(hours, Date.parse(at))).toBe(Date.parse(day) / 86_400_000);
});

describe('hours until work', () => {
  const off = (from: string, until: string | null): Absence => ({ from, until, level: 'off' });

  test('are none within working hours', () => {
    expect(hoursFrom('2026-05-04T08:30:00Z')).toBe(0);
  });

  test('lead over an absence to the next working hour after it', () => {
    const week = off('2026-05-04T00:00:00Z', '2026-05-08T18:00:00Z');
    expect(hoursFrom('2026-05-04T07:00:00Z', [week])).toBe(7 * 24);
  });

  test('lead over absences that follow or overlap each other, in any order', () => {
    const absences = [
      off('2026-05-06T00:00:00Z', '2026-05-07T00:00:00Z'),
      off('2026-05-04T00:00:00Z', '2026-05-05T12:00:00Z'),
      off('2026-05-05T06:00:00Z', '2026-05-06T04:00:00Z'),
    ];
    expect(hoursFrom('2026-05-04T07:00:00Z', absences)).toBe(3 * 24);
  });

  test('are not moved by an absence that is over, begins after the next hour of work, or only ends what is new', () => {
    const absences: readonly Absence[] = [
      off('2026-05-01T00:00:00Z', '2026-05-04T07:00:00Z'),
      off('2026-05-04T07:00:01Z', null),
      { ...off('2026-05-01T00:00:00Z', null), level: 'finish_only' },
    ];
    expect(hoursFrom('2026-05-04T05:00:00Z', absences)).toBe(2);
  });

  test('have no end in an absence that has none', () => {
    expect(hoursFrom('2026-05-04T07:00:00Z', [off('2026-05-01T00:00:00Z', null)])).toBe(Number.POSITIVE_INFINITY);
  });

  test('are assumed from Monday to Friday where nobody knows them', () => {
    expect([hoursFrom('2026-05-08T23:00:00Z', [], null), hoursFrom('2026-05-09T00:00:00Z', [], null)]).toEqual([0, 48]);
  });
});

describe('hours of work', () => {
  const friday = Date.parse('2026-05-08T14:00:00Z');

  test('are counted over nights and weekends', () => {
    const between = (to: string): number => workingHoursBetween(BERLIN, friday, Date.parse(to));
    const ends = ['2026-05-08T14:30:00Z', '2026-05-10T12:00:00Z', '2026-05-11T08:00:00Z', '2026-05-13T20:00:00Z'];
    expect(ends.map(between)).toEqual([0.5, 1, 2, 25]);
  });

  test('have passed at a moment from which counting them back gives as many', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000 }), fc.integer({ min: 1, max: 200 }), (minutes, count) => {
        const from = friday + minutes * 60_000;
        expect(workingHoursBetween(BERLIN, from, afterWorkingHours(BERLIN, from, count))).toBeCloseTo(count, 6);
      }),
    );
  });

  test('never pass where no day is one of work', () => {
    const none = { ...BERLIN, days: [] };
    expect([afterWorkingHours(none, friday, 1), workingHoursBetween(none, friday, friday + 1e10)]).toEqual([
      Number.POSITIVE_INFINITY,
      0,
    ]);
  });
});
