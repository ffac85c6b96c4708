import { expect, test } from 'vitest';
import type { Pair } from '../../../src/core/risk/pair-set.ts';
import { planTrials, type TrialFacts } from '../../../src/core/risk/plan-trials.ts';

const CLEAN: TrialFacts['states'] = ['clean', 'clean', 'clean', 'clean'];
const PAIRS: readonly Pair[] = [
  [0, 1],
  [0, 2],
  [0, 3],
  [1, 2],
  [1, 3],
  [2, 3],
];
const CHANCES: Readonly<Record<string, number>> = { '0 1': 0.001, '0 2': 0.9, '0 3': 0.1, '1 2': 0.3, '1 3': 0.6 };
const likelihood = (a: number, b: number): number => CHANCES[`${a} ${b}`] ?? 0;
const orderOf = (facts: TrialFacts): readonly string[] => planTrials(facts).trials.map(({ a, b }) => `${a} ${b}`);

test('the likely pairs are tried first, whatever the order of their heads', () => {
  expect(orderOf({ pairs: PAIRS, stacks: [], states: CLEAN, likelihood })).toEqual([
    ...['0 2', '1 3', '1 2', '0 3'],
    // Both next to impossible: these stand by their first heads.
    ...['0 1', '2 3'],
  ]);
});

test('without likelihoods all trials of one first head stand together', () => {
  expect(orderOf({ pairs: PAIRS.toReversed(), stacks: [], states: CLEAN })).toEqual([
    ...['0 1', '0 2', '0 3'],
    ...['1 2', '1 3'],
    '2 3',
  ]);
});

test('likelihoods that differ little leave the trials of one first head together', () => {
  const near = (a: number, b: number): number => 0.5 + (a * 4 + b) / 100;
  expect(orderOf({ pairs: PAIRS, stacks: [], states: CLEAN, likelihood: near })).toEqual([
    ...['0 1', '0 2', '0 3'],
    ...['1 2', '1 3'],
    '2 3',
  ]);
});

test('a pair that merges onto the base goes before one that does not, however likely that is', () => {
  const states: TrialFacts['states'] = ['clean', 'clean', 'conflict', 'clean'];
  expect(orderOf({ pairs: PAIRS, stacks: [], states, likelihood })).toEqual([
    ...['1 3', '0 3', '0 1'],
    ...['0 2', '1 2', '2 3'],
  ]);
});

test('who conflicts with the base only in what is made anew goes first where nobody merges cleanly, and waits for none', () => {
  const states: TrialFacts['states'] = ['conflict', 'conflict', 'clean', 'conflict'];
  const facts = { pairs: PAIRS, stacks: [], states, settles: (place: number) => place === 1 };
  const named = ({ trials }: ReturnType<typeof planTrials>) => trials.map(({ first, second }) => `${first} ${second}`);
  const thorough = planTrials(facts);
  expect([named(thorough), thorough.hopeless, thorough.waiting]).toEqual([
    ['1 0', '1 3', '2 0', '2 1', '2 3'],
    [{ a: 0, b: 3, on: null }],
    [],
  ]);
  const brief = planTrials({ ...facts, waits: (place) => place === 0 || place === 3 });
  expect([named(brief), brief.hopeless, brief.waiting.length]).toEqual([['2 1'], [], 5]);
  const stack = planTrials({ ...facts, pairs: [], stacks: [{ dependent: 0, on: 1 }] });
  expect(stack.trials).toEqual([{ a: 0, b: 1, first: 1, second: 0, isStacked: true }]);
});
