import { describe, expect, test } from 'vitest';
import { isLive, leaseEnd, parseLease } from '../../../src/core/work/lease.ts';

const MINUTE = 60_000;

describe('a lease', () => {
  test.each([
    ['1m', MINUTE],
    ['30m', 30 * MINUTE],
    [' 2H ', 120 * MINUTE],
    ['24h', 1440 * MINUTE],
    ['1440m', 1440 * MINUTE],
  ])('of %s is understood', (text, leaseMs) => {
    expect(parseLease(text)).toBe(leaseMs);
  });

  test.each(['', '0m', '25h', '1441m', '30', '30s', '1.5h', '-1h', '1h30m'])('of "%s" is refused', (text) => {
    expect(() => parseLease(text)).toThrow(`"${text}" is no lease.`);
  });

  test('ends as long after now as it lasts, and is over at that very moment', () => {
    const until = leaseEnd('2026-05-10T23:50:00Z', parseLease('30m'));
    expect(until).toBe('2026-05-11T00:20:00Z');
    expect(
      ['2026-05-11T00:19:59.999Z', until, '2026-05-11T02:20:00+02:00'].map((now) => isLive({ until }, now)),
    ).toEqual([true, false, false]);
  });
});
