import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { EstimatedPair } from '../../../src/core/risk/estimate-pairs.ts';
import { keepLikeliest } from '../../../src/core/risk/keep-likeliest.ts';

const pairsOf = (chances: readonly number[]): readonly EstimatedPair[] =>
  chances.map((probability, at) => ({
    ...{ a: '#0', b: `#${at + 1}` },
    finding: { basis: 'estimated', probability, factors: [] },
  }));

test('the likeliest are kept in their order, and the rest is counted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0.01, 0.2, 0.5, 0.9), { maxLength: 60 }),
      fc.integer({ min: 1, max: 20 }),
      (chances, most) => {
        const found = pairsOf(chances);
        const { kept, left, leftUpTo, leftExpected } = keepLikeliest(found, most);
        expect(kept.length).toBe(Math.min(most, found.length));
        expect(left).toBe(found.length - kept.length);
        expect([...kept]).toEqual(found.filter((pair) => kept.includes(pair)));
        const rest = found.filter((pair) => !kept.includes(pair)).map(({ finding }) => finding.probability);
        expect(leftUpTo).toBe(Math.max(0, ...rest));
        expect(leftExpected).toBeCloseTo(rest.reduce((sum, chance) => sum + chance, 0));
        expect(Math.min(...kept.map(({ finding }) => finding.probability), 1)).toBeGreaterThanOrEqual(leftUpTo);
      },
    ),
  );
});

test('a stack is never left out', () => {
  const [stacked, ...rest] = pairsOf([0.001, 0.9, 0.9, 0.9, 0.9]);
  const stack = { dependent: '#1', on: '#0' };
  const first = stacked && { ...stacked, finding: { ...stacked.finding, stack } };
  const { kept } = keepLikeliest([...(first ? [first] : []), ...rest], 2);
  expect(kept.map(({ b }) => b)).toEqual(['#1', '#2']);
});
