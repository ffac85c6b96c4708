import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Pair, pairSet } from '../../../src/core/risk/pair-set.ts';

const COUNT = 100;
const place = fc.integer({ min: 0, max: COUNT - 1 });

test('holds each pair once, whichever place comes first, and tells them in order', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(place, place)), (added) => {
      const pairs = pairSet(COUNT);
      const model = new Map<number, Pair>();
      for (const [one, other] of added) {
        const [a, b] = [Math.min(one, other), Math.max(one, other)];
        const isNew = a !== b && !model.has(a * COUNT + b);
        expect(pairs.add(one, other)).toBe(isNew);
        if (isNew) model.set(a * COUNT + b, [a, b]);
        expect(pairs.has(other, one)).toBe(a !== b);
      }
      const inOrder = [...model.keys()].sort((one, other) => one - other).map((key) => model.get(key));
      expect([...pairs]).toEqual(inOrder);
      expect(pairs.size).toBe(model.size);
      for (let a = 0; a < COUNT; a += 1)
        for (let b = a; b < COUNT; b += 1) expect(pairs.has(a, b)).toBe(model.has(a * COUNT + b));
    }),
    { numRuns: 50 },
  );
});

test('takes every pair of thousands of heads, more than a `Set` holds', () => {
  const count = 5900;
  const pairs = pairSet(count);
  for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += 1) pairs.add(a, b);
  expect(pairs.size).toBe((count * (count - 1)) / 2);
  expect(pairs.size).toBeGreaterThan(2 ** 24);
});
