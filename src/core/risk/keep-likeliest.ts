import type { EstimatedPair } from './estimate-pairs.ts';

export interface Likeliest {
  /** In the order in which they came. */
  readonly kept: readonly EstimatedPair[];
  /** How many are not among them. */
  readonly left: number;
  /** None that is left is likelier, 0–1; 0 where none is. */
  readonly leftUpTo: number;
  /** How many of these conflict if the estimates hold: the sum of their probabilities. */
  readonly leftExpected: number;
}

/** The likeliest of so many estimates that not all of them can be kept, and all stacks; never many more than `most` at a time. */
export function keepLikeliest(found: Iterable<EstimatedPair>, most: number): Likeliest {
  let kept: EstimatedPair[] = [];
  let left = 0;
  let leftUpTo = 0;
  let leftExpected = 0;
  const cut = (): void => {
    const sorted = kept.map(weightOf).sort((one, other) => other - one);
    const least = sorted[most - 1] ?? 0;
    let room = most - sorted.filter((one) => one > least).length;
    kept = kept.filter((pair) => {
      const weight = weightOf(pair);
      const isKept = weight > least || (weight === least && room-- > 0);
      if (!isKept) {
        left += 1;
        leftUpTo = Math.max(leftUpTo, weight);
        leftExpected += pair.finding.probability;
      }
      return isKept;
    });
  };
  for (const pair of found) {
    kept.push(pair);
    if (kept.length >= most * 2) cut();
  }
  if (kept.length > most) cut();
  return { kept, left, leftUpTo, leftExpected };
}

const weightOf = ({ finding }: EstimatedPair): number => (finding.stack === undefined ? finding.probability : 2);
