import { expect, test } from 'vitest';
import { ALL_LISTED, pairsNotListed } from '../../../src/core/risk/pairs-not-listed.ts';

const rows = (['clean', 'conflict', 'unknown', 'clean'] as const).map((onBase, place) => ({
  name: `#${place + 1}`,
  onBase,
}));
const listed = [{ a: '#2', b: '#1', finding: { basis: 'verified', verdict: 'clean' } as const }];
const told = (counts: Partial<typeof ALL_LISTED>): readonly string[] =>
  pairsNotListed(rows, listed, { ...ALL_LISTED, ...counts }).map(
    ({ a, b, finding }) => `${a} ${b} ${finding.basis === null ? finding.verdict : finding.basis}`,
  );

test('where all pairs are listed those that are not are clean', () => {
  expect(told({})).toEqual([]);
});

test('what waits or is unknown, and too much to be listed, is not clean', () => {
  expect(told({ waiting: 1 })).toEqual(['#2 #3 waits', '#2 #4 waits']);
  expect(told({ unknown: 1 })).toEqual(['#1 #3 unknown', '#2 #3 unknown', '#3 #4 unknown']);
  expect(told({ unknown: 1, waiting: 1 })).toContain('#2 #4 waits');
});

test('where likely estimates are not listed nobody knows which pairs are clean', () => {
  expect(told({ estimated: 1, estimatedUpTo: 0.9 })).toContain('#1 #4 unknown');
  expect(told({ estimated: 1, estimatedUpTo: 0.1 })).not.toContain('#1 #4 unknown');
});

test('no pair is clean while some were neither merged on trial nor estimated', () => {
  const rows = [
    { name: '#1', onBase: 'clean' },
    { name: '#2', onBase: 'clean' },
  ] as const;
  const [pair] = pairsNotListed(rows, [], { ...ALL_LISTED, notReached: 7 });
  expect(pair?.finding).toMatchObject({ verdict: 'unknown' });
  expect(pairsNotListed(rows, [], ALL_LISTED)).toEqual([]);
});
