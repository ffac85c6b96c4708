import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMinHeap } from '../../../src/core/reviewers/min-heap.ts';

test('a heap gives back what was put in by its keys, of equal keys the least value first', () => {
  const entries = fc.array(fc.record({ key: fc.integer({ min: 0, max: 9 }), value: fc.nat(99) }));
  fc.assert(
    fc.property(entries, (all) => {
      const heap = createMinHeap();
      for (const { key, value } of all) heap.push(key, value);
      const taken = all.map(() => heap.pop());
      expect(taken).toEqual(all.toSorted((one, other) => one.key - other.key || one.value - other.value));
      expect(heap.pop()).toBeNull();
    }),
  );
});
