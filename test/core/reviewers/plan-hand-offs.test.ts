import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type HeldRequest, planHandOffs } from '../../../src/core/reviewers/plan-hand-offs.ts';

const held = (given: Partial<HeldRequest> = {}): HeldRequest => ({
  key: 'a',
  absenceChance: 1,
  knowsHours: true,
  isAskedByPerson: false,
  isHandedOff: false,
  ageHours: 20,
  ...given,
});
const LONG_AGO = { opened: 100, handedOff: 0 };

describe('requests to hand on', () => {
  test.each([
    ['whose holder is there', { absenceChance: 0.4 }],
    ['whose holder keeps hours that nobody knows', { knowsHours: false }],
    ['that a person asked for', { isAskedByPerson: true }],
    ['that were handed on before', { isHandedOff: true }],
  ])('leave out those %s', (_, given) => {
    expect(planHandOffs([held(given), held({ key: 'b' })], LONG_AGO)).toEqual(['b']);
  });

  test('are the oldest, as many as a tenth of all still allows', () => {
    const three = [held({ key: 'new' }), held({ key: 'old', ageHours: 90 }), held({ key: 'mid', ageHours: 40 })];
    expect(planHandOffs(three, { opened: 50, handedOff: 3 })).toEqual(['old', 'mid']);
    expect(planHandOffs(three, { opened: 50, handedOff: 5 })).toEqual([]);
    expect(planHandOffs(three, { opened: 9, handedOff: 0 })).toEqual([]);
  });

  test('never come to more than a tenth of all', () => {
    const any = fc.array(
      fc.record({
        key: fc.string(),
        absenceChance: fc.double({ min: 0, max: 1, noNaN: true }),
        knowsHours: fc.boolean(),
        isAskedByPerson: fc.boolean(),
        isHandedOff: fc.boolean(),
        ageHours: fc.nat(500),
      }),
    );
    fc.assert(
      fc.property(any, fc.nat(300), fc.nat(40), (all, opened, handedOff) => {
        const planned = planHandOffs(all, { opened, handedOff });
        expect(planned.length === 0 || planned.length + handedOff <= opened / 10).toBe(true);
      }),
    );
  });
});
