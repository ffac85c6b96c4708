import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberOf, revertTargets, statedReverts } from '../../../../src/core/readiness/presence/stated-reverts.ts';

const shaOf = (place: number): string => place.toString(16).padStart(7, '0').padEnd(40, 'a');

function stated(messages: readonly string[]) {
  const stepOf = new Map(messages.map((_, place) => [shaOf(place), place]));
  const targets = revertTargets(
    messages.map((message) => ({ messages: [message] })),
    stepOf,
  );
  return Object.fromEntries(statedReverts(messages.length, targets));
}

test.each([
  ['by its commit', ['Lamps (#1)', `Back to the dark\n\nThis reverts commit ${shaOf(0)}.`]],
  ['by its title', ['Lamps (#1)', 'Revert "Lamps" (#2)']],
  ['by its number', ['Lamps (#1)', 'Dark again (#2)\n\nReverts octo/harbor#1']],
])('a step is out that a later one says it reverts, %s', (_, messages) => {
  expect(stated(messages)).toEqual({ 0: { by: 1, isOut: true } });
});

test('a reverted revert leaves the step in, and names who brought it back', () => {
  expect(stated(['Lamps (#1)', 'Revert "Lamps" (#2)', 'Revert "Revert "Lamps"" (#3)'])).toEqual({
    0: { by: 1, isOut: false },
    1: { by: 2, isOut: true },
  });
});

test('what is brought back and reverted once more is out', () => {
  expect(
    stated(['Lamps (#1)', 'Revert "Lamps" (#2)', `Again\n\nThis reverts commit ${shaOf(1)}`, 'Revert "Lamps" (#4)'])[0],
  ).toEqual({ by: 3, isOut: true });
});

test('a step reverts no later one and not itself', () => {
  expect(stated([`This reverts commit ${shaOf(1)}`, `This reverts commit ${shaOf(1)}`])).toEqual({});
});

test('a chain of reverts leaves the first step in or out by its length', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), (length) => {
      const chain = Array.from({ length }, (_, at) => `r\n\nThis reverts commit ${shaOf(at)}`);
      expect(stated(['start', ...chain])[0]?.isOut).toBe(length % 2 === 1);
    }),
  );
});

test.each([
  ['Merge pull request #12 from kim/x', '12'],
  ['Auto merge of #13 - kim:x, r=ravi', '13'],
  ['Lamps (#14)\n\nsee (#15)', '14'],
  ['Lamps', null],
])('the pull request of %j', (message, number) => {
  expect(numberOf(message)).toBe(number);
});
