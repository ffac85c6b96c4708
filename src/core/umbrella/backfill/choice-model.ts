/** One task with the umbrellas that it could belong to; "none of them" is always a choice, too. */
export interface Choice {
  /** Features of each umbrella, one after the other: `pairWidth` numbers each. */
  readonly pairs: Float64Array;
  readonly pairWidth: number;
  /** Features of the task itself, which speak for "none". */
  readonly none: Float64Array;
}

/** How much each feature counts. */
export interface ChoiceWeights {
  readonly pair: readonly number[];
  readonly none: readonly number[];
}

/**
 * The probability of each umbrella and, last, of none: a conditional logit, which is calibrated as far as the choices that
 * its weights come from are like these. McFadden, "Conditional logit analysis of qualitative choice behavior", 1973.
 */
export function probabilitiesOf({ pairs, pairWidth, none }: Choice, weights: ChoiceWeights): Float64Array {
  const count = pairs.length / pairWidth;
  const scores = new Float64Array(count + 1);
  for (let row = 0; row < count; row += 1) scores[row] = weighed(pairs, row * pairWidth, weights.pair);
  scores[count] = weighed(none, 0, weights.none);
  const highest = scores.reduce((one, other) => Math.max(one, other), Number.NEGATIVE_INFINITY);
  const odds = scores.map((score) => Math.exp(score - highest));
  const sum = odds.reduce((one, other) => one + other, 0);
  return odds.map((one) => one / sum);
}

function weighed(features: Float64Array, from: number, weights: readonly number[]): number {
  let score = 0;
  for (let i = 0; i < weights.length; i += 1) score += (features[from + i] ?? 0) * (weights[i] ?? 0);
  return score;
}
