import { type Choice, type ChoiceWeights, probabilitiesOf } from './choice-model.ts';

/** A choice whose answer is known: the place of the umbrella, or of "none", which is the number of umbrellas. */
export interface KnownChoice {
  readonly choice: Choice;
  readonly answer: number;
}

interface FitOptions {
  /** Where the weights stay as far as nothing speaks for others. */
  readonly start: ChoiceWeights;
  /** How strongly they stay there: like a normal distribution around `start` with variance 1 / stiffness. */
  readonly stiffness: number;
}

const MAX_STEPS = 30;
const SMALL_STEP = 1e-6;

/** The most probable weights: Newton's method on a function that has one optimum; the same input gives the same bytes. */
export function fitChoiceModel(known: readonly KnownChoice[], { start, stiffness }: FitOptions): ChoiceWeights {
  const center = [...start.pair, ...start.none];
  let weights = center;
  for (let step = 0; step < MAX_STEPS; step += 1) {
    const slope = slopeAt(known, split(weights, start), center.length);
    const pull = weights.map((weight, i) => (slope.gradient[i] ?? 0) + stiffness * (weight - (center[i] ?? 0)));
    const curvature = slope.curvature.map((row, i) =>
      weights.map((_, j) => ((j > i ? slope.curvature[j]?.[i] : row[j]) ?? 0) + (i === j ? stiffness : 0)),
    );
    const change = solve(curvature, pull);
    const longest = Math.max(...change.map(Math.abs));
    // A step longer than this leaves the region in which the curvature still says something.
    const share = Math.min(1, 2 / Math.max(longest, SMALL_STEP));
    weights = weights.map((weight, i) => weight - share * (change[i] ?? 0));
    if (longest < SMALL_STEP) break;
  }
  return split(weights, start);
}

const split = (weights: readonly number[], { pair }: ChoiceWeights): ChoiceWeights => ({
  pair: weights.slice(0, pair.length),
  none: weights.slice(pair.length),
});

interface Slope {
  readonly gradient: Float64Array;
  /** Row by row; only what stands on and left of the diagonal is filled. */
  readonly curvature: readonly Float64Array[];
}

function slopeAt(known: readonly KnownChoice[], weights: ChoiceWeights, size: number): Slope {
  const gradient = new Float64Array(size);
  const curvature = Array.from({ length: size }, () => new Float64Array(size));
  const mean = new Float64Array(size);
  for (const { choice, answer } of known) {
    mean.fill(0);
    for (const [row, probability] of probabilitiesOf(choice, weights).entries()) {
      const place = placeOfRow(choice, row, weights);
      addScaled(mean, place, probability);
      addOuter(curvature, place, probability);
    }
    const whole = { features: mean, from: 0, width: size, shift: 0 };
    addOuter(curvature, whole, -1);
    addScaled(gradient, whole, 1);
    addScaled(gradient, placeOfRow(choice, answer, weights), -1);
  }
  return { gradient, curvature };
}

/** Where the features of a row stand, and where they belong among all: those of "none" come after those of umbrellas. */
interface Place {
  readonly features: Float64Array;
  readonly from: number;
  readonly width: number;
  readonly shift: number;
}

function placeOfRow({ pairs, pairWidth, none }: Choice, row: number, { pair, none: ofNone }: ChoiceWeights): Place {
  const isNone = row * pairWidth >= pairs.length;
  return isNone
    ? { features: none, from: 0, width: ofNone.length, shift: pair.length }
    : { features: pairs, from: row * pairWidth, width: pair.length, shift: 0 };
}

function addScaled(target: Float64Array, { features, from, width, shift }: Place, factor: number): void {
  for (let i = 0; i < width; i += 1) {
    target[shift + i] = (target[shift + i] ?? 0) + factor * (features[from + i] ?? 0);
  }
}

function addOuter(target: readonly Float64Array[], { features, from, width, shift }: Place, factor: number): void {
  for (let i = 0; i < width; i += 1) {
    const value = factor * (features[from + i] ?? 0);
    const row = target[shift + i];
    if (value === 0 || row === undefined) continue;
    for (let j = 0; j <= i; j += 1) row[shift + j] = (row[shift + j] ?? 0) + value * (features[from + j] ?? 0);
  }
}

/** Solves a symmetric system with a positive diagonal by elimination. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): readonly number[] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  for (const [i, pivot] of rows.entries()) {
    for (const row of rows.slice(i + 1)) {
      const factor = (row[i] ?? 0) / (pivot[i] ?? 1);
      for (let j = i; j < row.length; j += 1) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  const solution: number[] = right.map(() => 0);
  for (let i = rows.length - 1; i >= 0; i -= 1) {
    const row = rows[i] ?? [];
    const known = solution.reduce((sum, value, j) => (j > i ? sum + value * (row[j] ?? 0) : sum), 0);
    solution[i] = ((row[right.length] ?? 0) - known) / (row[i] ?? 1);
  }
  return solution;
}
