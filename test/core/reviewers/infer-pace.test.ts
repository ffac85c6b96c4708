import { describe, expect, test } from 'vitest';
import { inferPace } from '../../../src/core/reviewers/infer-pace.ts';

const NOW = '2026-05-29T18:00:00Z';
/** Weekdays before NOW, a Friday: 0 is that day. */
const weekday = (ago: number): string => {
  const days = ago + 2 * Math.floor(ago / 5);
  return new Date(Date.parse(NOW) - days * 86_400_000 - 3_600_000).toISOString();
};
const given = (agos: readonly number[], effort = 2) => agos.map((ago) => ({ at: weekday(ago), effort }));
const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const pace = (reviews: ReturnType<typeof given>) => inferPace(reviews, { now: NOW, hours: null });

describe('the pace', () => {
  test('is what was reviewed over the working days, and ten days of the default', () => {
    expect(pace(given(range(40)))).toEqual({ value: (40 * 2 + 10 * 1.25) / 50, basis: 'history' });
  });

  test('counts the working days between reviews, weekends not among them', () => {
    expect(pace(given([0, 4, 8]))).toEqual({ value: (3 * 2 + 10 * 1.25) / (9 + 10), basis: 'history' });
  });

  test('counts the days since the last review as well', () => {
    expect(pace(given([5, 6, 7]))).toEqual({ value: (3 * 2 + 10 * 1.25) / (8 + 10), basis: 'history' });
  });

  test('leaves gaps of two weeks out, as absences', () => {
    expect(pace(given([0, 1, 20, 21]))).toEqual({ value: (4 * 2 + 10 * 1.25) / (4 + 10), basis: 'history' });
  });

  test('is the default below three reviews, and where all are older than 90 days or to come', () => {
    const old = given([70, 71, 72, 73]);
    expect([pace([]), pace(given([0, 1])), pace(old), pace([...given([0, 1]), { at: NOW, effort: 1 }])]).toEqual(
      Array(4).fill({ value: 1.25, basis: 'default' }),
    );
  });

  test('takes no day for more than three typical ones', () => {
    expect(pace([...given(range(5)), ...given([0], 500)])).toEqual({
      value: (4 * 2 + 6 + 12.5) / 15,
      basis: 'history',
    });
  });

  test('goes by the days of who works on others', () => {
    const hours = { timeZone: 'Asia/Jerusalem', days: [7, 1, 2, 3, 4], from: 9, to: 17 };
    const reviews = [
      { at: '2026-05-28T09:00:00Z', effort: 1 },
      { at: '2026-05-28T10:00:00Z', effort: 1 },
      { at: '2026-05-24T09:00:00Z', effort: 1 },
    ];
    const now = '2026-05-28T12:00:00Z';
    expect(inferPace(reviews, { now, hours })).toEqual({ value: (3 + 12.5) / (5 + 10), basis: 'history' });
  });

  test('counts a night over midnight as the day on which it begins', () => {
    const hours = { timeZone: 'UTC', days: [4, 5], from: 22, to: 30 };
    const reviews = ['2026-05-28T23:00:00Z', '2026-05-29T05:00:00Z', '2026-05-30T03:00:00Z'].map((at) => ({
      at,
      effort: 1,
    }));
    expect(inferPace(reviews, { now: '2026-05-30T05:00:00Z', hours })).toEqual({
      value: (3 + 12.5) / (2 + 10),
      basis: 'history',
    });
  });
});
