import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitLabel, labelUnits } from '../../../../src/core/readiness/render/fit-label.ts';

describe('a label of a chart', () => {
  test.each([
    ['kim', 200, 'kim'],
    ['iiiiiiiiiiiiiiiiiiii', 120, 'iiiiiiiiiiiiiiiiiiii'],
    ['WWWWWWWWWWWWWWWWWWWW', 120, 'WWWWWWWW…'],
    ['停泊計画を潮汐に合わせる', 120, '停泊計画を潮汐…'],
    ['one\ntwo \u202e three', 200, 'one two three'],
  ])('of %j within %d units is %j', (text, units, fitted) => {
    expect(fitLabel(text, units)).toBe(fitted);
  });

  test('never takes more than its room, and keeps what has room', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), fc.integer({ min: 20, max: 600 }), (text, units) => {
        const fitted = fitLabel(text, units);
        expect(labelUnits(fitted)).toBeLessThanOrEqual(units);
        expect(fitLabel(fitted, units)).toBe(fitted);
      }),
    );
  });
});
