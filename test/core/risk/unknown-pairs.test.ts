import { expect, test } from 'vitest';
import { unknownPairs } from '../../../src/core/risk/unknown-pairs.ts';

test('each pair with a change that nobody can judge is told once, in the order of the changes', () => {
  const found = unknownPairs(['a', 'b', 'c', 'd'], new Map(Object.entries({ b: 'gone', d: 'cut off' })));
  expect(found.map(({ a, b, finding }) => [a, b, 'reason' in finding && finding.reason])).toEqual([
    ['a', 'b', 'gone'],
    ['b', 'c', 'gone'],
    ['b', 'd', 'gone'],
    ['a', 'd', 'cut off'],
    ['c', 'd', 'cut off'],
  ]);
});

test('only pairs that are asked for are told', () => {
  const found = unknownPairs(['a', 'b', 'c'], new Map([['b', 'gone']]), (pair) => pair.includes(0));
  expect(found.map(({ a, b }) => [a, b])).toEqual([['a', 'b']]);
});
