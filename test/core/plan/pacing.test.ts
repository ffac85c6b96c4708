import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canFollow, ITEM_STATUSES, isInDoubt } from '../../../src/core/plan/item-status.ts';
import { CONTENT_PACE, planPacing, secondsAtPace } from '../../../src/core/plan/pacing.ts';

const every = (count: number, ms: number) => Array.from({ length: count }, (_, index) => index * ms);

describe('planPacing', () => {
  test.each([
    ['nothing was written', [], 0, 0],
    ['a write was just sent', [0], 100, 900],
    ['a write was sent a second ago', [0], 1000, 0],
    ['80 were sent within a minute', every(80, 100), 10_000, 52_000],
    ['79 were sent within a minute', every(79, 100), 10_000, 0],
    ['500 were sent within an hour', every(500, 2000), 1_000_000, 2_602_000],
    ['the history is in no order', [5000, 0], 5100, 900],
  ])('waits right when %s', (_, writes, nowMs, waitMs) => {
    expect(planPacing(writes, nowMs)).toBe(waitMs);
  });

  test('never lets more through than any limit, whatever came before', () => {
    const limits = [
      { count: 1, ms: 10 },
      { count: 4, ms: 100 },
      { count: 7, ms: 400 },
    ];
    fc.assert(
      fc.property(fc.array(fc.nat(60), { minLength: 1, maxLength: 40 }), (idle) => {
        const sent: number[] = [];
        let nowMs = 0;
        for (const pause of idle) {
          nowMs += pause;
          nowMs += planPacing(sent, nowMs, limits);
          sent.push(nowMs);
        }
        for (const { count, ms } of limits) {
          for (const at of sent)
            expect(sent.filter((one) => one > at - ms && one <= at).length).toBeLessThanOrEqual(count);
        }
      }),
    );
  });

  test('tells how long a plan lasts: a second each, and an hour for what comes after 500', () => {
    expect([0, 1, 60, 500, 501, 1001].map((writes) => secondsAtPace(writes))).toEqual([0, 0, 59, 499, 3602, 7204]);
    expect(CONTENT_PACE.map(({ count }) => count)).toEqual([1, 80, 500]);
  });
});

describe('the status of an item', () => {
  test('is written down before the write, never applied after it is done, and final once undone', () => {
    expect(ITEM_STATUSES.filter((to) => canFollow('planned', to))).toEqual(['started', 'skipped', 'failed']);
    expect(ITEM_STATUSES.filter((to) => canFollow('done', to))).toEqual(['undoing', 'undone', 'kept']);
    expect(ITEM_STATUSES.filter((to) => canFollow('undone', to))).toEqual([]);
    expect(ITEM_STATUSES.filter(isInDoubt)).toEqual(['started', 'unknown', 'undoing']);
  });
});
