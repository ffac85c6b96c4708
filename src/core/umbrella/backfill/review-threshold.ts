/** What a ranking said of one task whose parent is known: how probable its first umbrella is, and whether it is right. */
export interface Sureness {
  /** 0–1. */
  readonly probability: number;
  readonly isRight: boolean;
}

/** So many of the suggestions for review should be right. */
const WANTED_PRECISION = 0.85;

/**
 * Where a history has too few links of its own to be judged by. Over the 32 unseen histories three of four suggestions from
 * here on are right; further up it hardly gets better, because tasks that nobody linked to their umbrella count as wrong.
 */
export const OTHERS_THRESHOLD = 0.7;

/** What is held before the own links are counted: as many suggestions as ten, right as often as over other histories. */
const OTHERS = { count: 10, precision: 0.75 };

const THRESHOLDS = [0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** Above every probability: nothing is worth a person's look. */
export const NO_THRESHOLD = 2;

/** The lowest probability from which on the suggestions were right often enough here; where none is, nothing is asked. */
export function chooseThreshold(answers: readonly Sureness[]): number {
  return THRESHOLDS.find((threshold) => precisionFrom(answers, threshold) >= WANTED_PRECISION) ?? NO_THRESHOLD;
}

function precisionFrom(answers: readonly Sureness[], threshold: number): number {
  const made = answers.filter(({ probability }) => probability >= threshold);
  const right = made.filter(({ isRight }) => isRight).length;
  return (OTHERS.count * OTHERS.precision + right) / (OTHERS.count + made.length);
}
