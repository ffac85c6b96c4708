import { describe, expect, test } from 'vitest';
import { inferCapacity } from '../../../src/core/reviewers/infer-capacity.ts';
import type { Learned } from '../../../src/core/reviewers/review-facts.ts';

const HOURS = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 9, to: 17 };
const SLOW: Learned<number> = { value: 8, basis: 'default' };

const capacity = (
  pace: number,
  turn = SLOW,
  { slaHours = 48, hours = HOURS }: { readonly slaHours?: number; readonly hours?: typeof HOURS | null } = {},
) => inferCapacity({ pace: { value: pace, basis: 'history' }, turn, hours, slaSeconds: slaHours * 3600 });

const within = (value: number): Learned<number> => ({ value, basis: 'history' });

describe('how many may wait at once', () => {
  test.each([
    [2.5, 3],
    [40, 40],
  ])('is what a pace of %d begins in a day: %d', (pace, value) => {
    expect(capacity(pace)).toEqual({ value, basis: 'history' });
  });

  test('is never less than for somebody of whom nothing is known', () => {
    const stranger = inferCapacity({
      pace: { value: 1.25, basis: 'default' },
      turn: SLOW,
      hours: null,
      slaSeconds: 172_800,
    });
    expect(stranger).toEqual({ value: 2, basis: 'default' });
    expect([0.1, 0.9, 1.25].map((pace) => capacity(pace, within(40)).value)).toEqual([2, 2, 2]);
  });

  test('is what somebody answers within the SLA one after the other, up to four', () => {
    // 48 hours hold eleven hours and a half of an average week of forty.
    expect([12, 5, 3.8, 3.5, 2.8, 0.5, 0].map((hours) => capacity(0.5, within(hours)).value)).toEqual([
      2, 2, 3, 3, 4, 4, 4,
    ]);
    expect(capacity(0.5, within(2.8), { slaHours: 24 }).value).toBe(2);
    expect(capacity(6, within(0.5)).value).toBe(6);
  });

  test('counts all hours from Monday to Friday where those of work are not known', () => {
    expect(capacity(0.5, within(11), { hours: null }).value).toBe(3);
  });

  test('is no default where answers tell more, though nothing else is known', () => {
    const few: Learned<number> = { value: 1.25, basis: 'default' };
    expect(inferCapacity({ pace: few, turn: within(1), hours: HOURS, slaSeconds: 172_800 })).toEqual({
      value: 4,
      basis: 'history',
    });
  });
});
