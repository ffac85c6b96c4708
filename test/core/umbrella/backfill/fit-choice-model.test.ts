import { describe, expect, test } from 'vitest';
import { type Choice, probabilitiesOf } from '../../../../src/core/umbrella/backfill/choice-model.ts';
import { fitChoiceModel, type KnownChoice } from '../../../../src/core/umbrella/backfill/fit-choice-model.ts';

const START = { pair: [0, 0], none: [0] };

/** Two umbrellas, of which the first has the first feature; the second feature is noise. */
const choice = (noise: number): Choice => ({
  pairs: Float64Array.from([1, noise, 0, 1 - noise]),
  pairWidth: 2,
  none: Float64Array.from([1]),
});

const answered = (answers: readonly number[]): readonly KnownChoice[] =>
  answers.map((answer, i) => ({ choice: choice(i % 2), answer }));

describe('a choice among umbrellas and none', () => {
  test('has probabilities that add up to one, none of them last', () => {
    const probabilities = [...probabilitiesOf(choice(0), { pair: [Math.log(2), 0], none: [Math.log(3)] })];
    expect(probabilities.map((one) => Math.round(one * 1_000) / 1_000)).toEqual([0.333, 0.167, 0.5]);
  });

  test('without any umbrella is none', () => {
    const empty = { pairs: new Float64Array(), pairWidth: 2, none: Float64Array.from([1]) };
    expect([...probabilitiesOf(empty, START)]).toEqual([1]);
  });

  test('stays finite for weights of any size', () => {
    expect([...probabilitiesOf(choice(0), { pair: [5_000, 0], none: [0] })]).toEqual([1, 0, 0]);
  });
});

describe('fitting', () => {
  test('finds the shares in which the answers came', () => {
    const known = answered(
      Array.from({ length: 400 }, (_, i) => [0, 0, 0, 0, 0, 0, 1, 1, 2, 2][Math.floor(i / 2) % 10] ?? 2),
    );
    const weights = fitChoiceModel(known, { start: START, stiffness: 1e-3 });
    const shares = [...probabilitiesOf(choice(0), weights)].map((share) => Math.round(share * 100) / 100);
    expect(shares).toEqual([0.6, 0.2, 0.2]);
  });

  test('gives nothing to a feature that says nothing', () => {
    const { pair } = fitChoiceModel(answered(Array.from({ length: 100 }, (_, i) => (i % 10 < 6 ? 0 : 2))), {
      start: START,
      stiffness: 0.1,
    });
    expect(pair[0]).toBeGreaterThan(1);
    expect(Math.abs(pair[1] ?? 9)).toBeLessThan(0.2);
  });

  test('stays where it starts without examples, and near it with few', () => {
    const start = { pair: [2, -1], none: [0.5] };
    expect(fitChoiceModel([], { start, stiffness: 1 })).toEqual(start);
    const { pair } = fitChoiceModel(answered([1]), { start, stiffness: 10 });
    expect(Math.abs((pair[0] ?? 0) - 2)).toBeLessThan(0.2);
  });

  test('ends with finite weights where one feature decides everything', () => {
    const weights = fitChoiceModel(answered(Array(50).fill(0)), { start: START, stiffness: 0.1 });
    expect([...weights.pair, ...weights.none].every((weight) => Math.abs(weight) < 50)).toBe(true);
  });
});
