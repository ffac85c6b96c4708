import { fitChoiceModel } from '../umbrella/backfill/fit-choice-model.ts';

export interface Observation {
  readonly features: Float64Array;
  readonly happened: boolean;
}

/** Like a normal distribution around the start with variance 1 / STIFFNESS: keeps the weights of rare features near it. */
const STIFFNESS = 0.5;

/**
 * Weights of a logistic regression in the order of `start`, the first of them the constant term, none of the others below
 * 0: more contact never means less risk. A weight that would fall below 0 is left out and the rest fitted again; one that
 * nothing was seen of stays where it starts. A logistic regression is a choice between "it happens" and "it does not", so
 * the fitting is the choice model's.
 */
export function fitLogistic(observations: readonly Observation[], start: readonly number[]): readonly number[] {
  let used = [...start.keys()];
  for (;;) {
    const fitted = fitOn(observations, used, start);
    const kept = used.filter((feature, i) => feature === 0 || (fitted[i] ?? 0) >= 0);
    if (kept.length === used.length) return start.map((_, feature) => fitted[used.indexOf(feature)] ?? 0);
    used = kept;
  }
}

function fitOn(
  observations: readonly Observation[],
  used: readonly number[],
  start: readonly number[],
): readonly number[] {
  const known = observations.map(({ features, happened }) => ({
    choice: {
      pairs: Float64Array.from(used, (feature) => features[feature] ?? 0),
      pairWidth: used.length,
      none: new Float64Array(0),
    },
    answer: happened ? 0 : 1,
  }));
  const from = { pair: used.map((feature) => start[feature] ?? 0), none: [] };
  return fitChoiceModel(known, { start: from, stiffness: STIFFNESS }).pair;
}

export const sigmoid = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

export const logOddsOf = (probability: number): number => Math.log(probability / (1 - probability));
