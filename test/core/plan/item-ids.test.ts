import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createItemIds } from '../../../src/core/plan/item-ids.ts';

const idsOf = (wanted: readonly string[]): readonly string[] => wanted.map(createItemIds());

it('a second id like an earlier one gets a number', () => {
  expect(idsOf(['link-1', 'link-1', 'link-2', 'link-1'])).toEqual(['link-1', 'link-1-2', 'link-2', 'link-1-3']);
});

it('a long id is told from one that begins alike, and is the same in every plan', () => {
  const [a, b] = [`link-1-${'a'.repeat(100)}`, `link-1-${'a'.repeat(99)}b`];
  const ids = [`link-1-${'a'.repeat(58)}-cd0dabba`, `link-1-${'a'.repeat(58)}-cc0daa27`];
  expect(idsOf([a, b])).toEqual(ids);
  expect(idsOf([b, a])).toEqual(ids.toReversed());
});

it('every id is given once and fits into a plan', () => {
  const word = fc.oneof(fc.constantFrom('a', 'a-2', 'b'.repeat(90)), fc.stringMatching(/^[a-z][a-z0-9-]{60,90}$/));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (wanted) => {
      const ids = idsOf(wanted);
      expect(new Set(ids).size).toBe(wanted.length);
      expect(ids.filter((id) => id.length > 80)).toEqual([]);
    }),
  );
});
