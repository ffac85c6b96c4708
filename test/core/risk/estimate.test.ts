import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type EstimatedFinding, type EstimateFacts, estimatePair } from '../../../src/core/risk/estimate.ts';
import { logOddsOf } from '../../../src/core/risk/fit-logistic.ts';
import { indexPaths, meetingsOf } from '../../../src/core/risk/overlap.ts';
import { SHIPPED_WEIGHTS } from '../../../src/core/risk/risk-weights.ts';
import type { TouchedFile } from '../../../src/core/risk/touched-file.ts';
import { anyHunks, buildFile, buildHunk } from './build-hunks.ts';
import '../../seed-properties.ts';

const FACTS: EstimateFacts = { isStacked: false, history: new Map(), weights: SHIPPED_WEIGHTS };

function estimate(ours: readonly TouchedFile[], theirs: readonly TouchedFile[], more: Partial<EstimateFacts> = {}) {
  return estimatePair(meetingsOf(indexPaths(ours), indexPaths(theirs)), { ...FACTS, ...more });
}

const inWhole = ({ probability, factors }: EstimatedFinding): unknown => [
  `${Math.round(probability * 100)} %`,
  ...factors.map(({ what, logOdds }) => `${logOdds.toFixed(1)} ${what}`),
];

const anyChange: fc.Arbitrary<readonly TouchedFile[]> = fc
  .uniqueArray(
    fc.record({
      path: fc.constantFrom('a', 'b', 'd/a', 'd/b'),
      status: fc.constantFrom('added', 'modified', 'deleted'),
      hunks: fc.option(anyHunks),
    }),
    { selector: ({ path }) => path, maxLength: 4 },
  )
  .map((files) => files.map((file): TouchedFile => file));

describe('an estimate says why', () => {
  test('the same lines', () => {
    expect(inWhole(estimate([buildFile('src/a.ts', '10,5+2')], [buildFile('src/a.ts', '14,1+1', '60,1+3')]))).toEqual([
      '90 %',
      '11.4 both change lines 10–14 of src/a.ts',
    ]);
  });

  test('two places in one file, and a file that says nothing beside it', () => {
    const ours = [buildFile('a.ts', '10,1+2', '20,1+2'), buildFile('b.ts', '1,1+1')];
    const theirs = [buildFile('a.ts', '10,1+3', '21,1+2'), buildFile('b.ts', '90,1+1')];
    expect(inWhole(estimate(ours, theirs))).toEqual([
      '90 %',
      '11.4 both change line 10 of a.ts and 1 more place',
      '0.0 88 unchanged lines lie between the changes of b.ts',
    ]);
  });

  test.each([
    ['an insertion at one place', '12,0+3', '12,0+5', '11.4 both change the place after line 12 of a'],
    ['an insertion at the top', '0,0+3', '0,0+5', '11.4 both change the beginning of a'],
    ['one line between', '12,1+1', '14,1+1', '5.6 1 unchanged line lies between the changes of a'],
    ['as many lines', '12,1+1', '12,1+1', '9.6 both change line 12 of a to as many lines'],
    ['the same removal', '12,2+0', '12,2+0', '3.7 both touch a, but not its lines'],
  ])('%s', (_, our, their, factor) => {
    expect(inWhole(estimate([buildFile('a', our)], [buildFile('a', their)]))).toContain(factor);
  });

  test('as many lines whose texts are known to differ: no candidate for one change', () => {
    const fileWith = (digest: string) => [{ ...buildFile('a', '12,1+1'), hunks: [{ ...buildHunk('12,1+1'), digest }] }];
    expect(inWhole(estimate(fileWith('x'), fileWith('y')))).toEqual(['90 %', '11.4 both change line 12 of a']);
    expect(estimate(fileWith('x'), fileWith('x')).probability).toBe(
      estimate([buildFile('a', '12,1+1')], [buildFile('a', '12,1+1')]).probability,
    );
    expect(inWhole(estimate(fileWith('x'), fileWith('x')))).toContain(
      '9.6 both change line 12 of a to as many lines: perhaps the same change',
    );
  });

  test.each([
    ['one deletes', { status: 'deleted' as const }, 'one deletes a, the other changes it'],
    ['one adds', { status: 'added' as const }, 'one puts a file at a, where the other changes one'],
    ['lines that are not shown', { hunks: null }, 'both change a, whose lines are not shown'],
  ])('%s', (_, more, what) => {
    const file = buildFile('a', '1,1+1');
    expect(estimate([{ ...file, ...more }], [file]).factors[0]?.what).toBe(what);
  });

  test('a stack, whose shared lines were written once', () => {
    const [ours, theirs] = [[buildFile('a', '3,1+2')], [buildFile('a', '3,1+4')]];
    expect(inWhole(estimate(ours, theirs, { isStacked: true }))).toEqual([
      '2 %',
      '11.4 both change line 3 of a',
      '-6.2 one is stacked on the other and already holds its changes',
    ]);
  });

  test('what earlier merges of the file say', () => {
    const [ours, theirs] = [[buildFile('a', '3,1+2')], [buildFile('a', '9,1+4')]];
    const history = new Map([['a', { conflicts: 3, merges: 4.25 }]]);
    expect(inWhole(estimate(ours, theirs, { history }))).toContain(
      '0.6 of 4.3 earlier merges of a, old ones counted for less, 3 conflicted',
    );
  });
});

describe('an estimate', () => {
  test('lies between 0 and 1, whichever change is named first and in whatever order its files come', () => {
    fc.assert(
      fc.property(anyChange, anyChange, fc.boolean(), (ours, theirs, isStacked) => {
        const one = estimate(ours, theirs, { isStacked });
        expect(one.probability).toBeGreaterThan(0);
        expect(one.probability).toBeLessThan(1);
        expect(estimate(theirs, [...ours].reverse(), { isStacked }).probability).toBeCloseTo(one.probability, 12);
      }),
    );
  });

  test('is told by factors that add up to it, from the odds of changes that share nothing', () => {
    const anyHistory = fc.dictionary(fc.constantFrom('a', 'b', 'd/a'), fc.constant({ conflicts: 2, merges: 5 }));
    fc.assert(
      fc.property(anyChange, anyChange, fc.boolean(), anyHistory, (ours, theirs, isStacked, past) => {
        const history = new Map(Object.entries(past));
        const { probability, factors } = estimate(ours, theirs, { isStacked, history });
        const sum = factors.reduce((all, { logOdds }) => all + logOdds, logOddsOf(1e-4));
        expect(sum).toBeCloseTo(logOddsOf(probability), 5);
      }),
    );
  });

  test('one more place that touches and differs never makes it smaller', () => {
    fc.assert(
      fc.property(anyChange, anyChange, (ours, theirs) => {
        const before = estimate(ours, theirs).probability;
        const after = estimate([...ours, buildFile('z', '5,1+2')], [...theirs, buildFile('z', '5,1+3')]).probability;
        expect(after).toBeGreaterThan(before);
      }),
    );
  });

  test('one more hunk in a file never makes it smaller, but for the same lines replaced by as many', () => {
    fc.assert(
      fc.property(anyHunks, anyHunks, fc.nat(80), (ours, theirs, line) => {
        const hunk = { ...buildHunk(`${line + 1},1+1`), newLines: 7 };
        fc.pre(!theirs.some((one) => one.newLines === 7));
        const file = (hunks: typeof ours): readonly TouchedFile[] => [{ path: 'a', status: 'modified', hunks }];
        const sorted = [...ours, hunk].sort((one, other) => one.oldStart - other.oldStart);
        const before = estimate(file(ours), file(theirs)).probability;
        expect(estimate(file(sorted), file(theirs)).probability).toBeGreaterThanOrEqual(before - 1e-12);
      }),
    );
  });

  test('of changes that share nothing is next to nothing', () => {
    expect(estimate([buildFile('a', '1,1+1')], [buildFile('b', '1,1+1')])).toEqual({
      basis: 'estimated',
      probability: expect.closeTo(1e-4, 9),
      factors: [],
    });
  });
});
