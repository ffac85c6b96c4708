import fc from 'fast-check';
import { expect, test } from 'vitest';
import { independentOf, readAncestry } from '../../../src/core/risk/independent-commits.ts';

const id = (place: number): string => `c${String(place).padStart(2, '0')}`;

test('a commit behind another is left out, over however many others it lies behind it', () => {
  const ancestry = readAncestry('tip left right\nleft far\nright older\nolder far\nfar root\nroot\n');
  expect(independentOf(ancestry, ['right', 'left'])).toEqual(['left', 'right']);
  expect(independentOf(ancestry, ['left', 'older'])).toEqual(['left', 'older']);
  expect(independentOf(ancestry, ['far', 'right'])).toEqual(['right']);
  expect(independentOf(ancestry, ['root', 'far', 'left'])).toEqual(['left']);
});

test('nothing is told of commits that the stretch does not hold', () => {
  expect(independentOf(readAncestry('tip left beyond\nleft beyond\n'), ['left', 'beyond'])).toBeNull();
});

test('in any history they are those that no other reaches', () => {
  // The parents of each commit stand behind it, as in `--topo-order`.
  const histories = fc
    .integer({ min: 2, max: 14 })
    .chain((count) =>
      fc.array(fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }), { minLength: count, maxLength: count }),
    );
  fc.assert(
    fc.property(histories, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), (steps, picks) => {
      const parents = steps.map((each, place) =>
        [...new Set(each.map((step) => place + step))].filter((one) => one < steps.length),
      );
      const text = parents.map((some, place) => [place, ...some].map(id).join(' ')).join('\n');
      const reached = (from: number): ReadonlySet<number> =>
        new Set((parents[from] ?? []).flatMap((parent) => [parent, ...reached(parent)]));
      const asked = [...new Set(picks.map((pick) => pick % steps.length))];
      const best = asked.filter((one) => !asked.some((other) => reached(other).has(one)));
      expect(independentOf(readAncestry(text), asked.map(id))).toEqual(best.map(id).sort());
    }),
  );
});
