import { expect, test } from 'vitest';
import { fitRiskWeights, type KnownPair } from '../../../src/core/risk/fit-risk-weights.ts';
import { indexPaths, meetingsOf } from '../../../src/core/risk/overlap.ts';
import { ASSUMED_WEIGHTS } from '../../../src/core/risk/risk-weights.ts';
import { buildFile } from './build-hunks.ts';

/** `times` pairs whose second changes `line` of a file; the first changes line 10. */
const known = (line: number, isConflict: boolean, times: number): readonly KnownPair[] =>
  Array.from({ length: times }, () => ({
    meetings: meetingsOf(
      indexPaths([buildFile('a', '10,1+2'), buildFile('b', '10,1+2')]),
      indexPaths([buildFile('a', `${line},1+3`), buildFile('b', '400,1+1')]),
    ),
    conflictingPaths: new Set(isConflict ? ['a'] : []),
    history: new Map(),
  }));

test('weights follow what happened in each file, and stay as assumed where nothing was seen', () => {
  const weights = fitRiskWeights([...known(10, true, 90), ...known(10, false, 10), ...known(300, false, 400)]);
  expect(weights.touching + weights.close).toBeGreaterThan(5);
  expect(weights.always).toBeLessThan(-4);
  expect({ inTheWay: weights.inTheWay, unseen: weights.unseen, alike: weights.alike }).toEqual({
    inTheWay: expect.closeTo(ASSUMED_WEIGHTS.inTheWay, 6),
    unseen: expect.closeTo(ASSUMED_WEIGHTS.unseen, 6),
    alike: 0,
  });
});
