import { expect, test } from 'vitest';
import { estimatePairs } from '../../../src/core/risk/estimate-pairs.ts';
import { SHIPPED_WEIGHTS } from '../../../src/core/risk/risk-weights.ts';
import { buildFile } from './build-hunks.ts';

test('pairs are estimated under their names, stacked ones told from others', () => {
  const changes = [
    { name: '#4', files: [buildFile('a', '3,1+2')] },
    { name: '#5', files: [buildFile('a', '3,1+4')] },
    { name: '#6', files: [buildFile('a', '4,1+5')] },
  ];
  const found = estimatePairs(changes, {
    pairs: [
      [0, 1],
      [1, 2],
    ],
    stacks: [{ dependent: 2, on: 1 }],
    history: new Map(),
    weights: SHIPPED_WEIGHTS,
  });
  expect(found).toEqual([
    {
      a: '#4',
      b: '#5',
      finding: { basis: 'estimated', probability: expect.closeTo(0.9, 1), factors: expect.anything() },
    },
    {
      a: '#5',
      b: '#6',
      finding: {
        ...{ basis: 'estimated', probability: expect.closeTo(0.02, 2), factors: expect.anything() },
        stack: { dependent: '#6', on: '#5' },
      },
    },
  ]);
});
