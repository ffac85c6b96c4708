import { seededRandom } from '../../src/core/seeded-random.ts';
import { averagePrecision, type Scored } from './average-precision.ts';

/** A probability with its outcome. */
export type Foretold = Scored;

const BINS = 10;

/** Mean distance of what was foretold from what happened, in ten bins of equal count by the foretold probability. */
export function calibrationError(all: readonly Foretold[]): number {
  const sorted = [...all].sort((one, other) => one.score - other.score);
  const errors = Array.from({ length: BINS }, (_, bin) => {
    const from = Math.floor((bin * sorted.length) / BINS);
    const within = sorted.slice(from, Math.floor(((bin + 1) * sorted.length) / BINS));
    return Math.abs(within.reduce((sum, { score, isConflict }) => sum + score - (isConflict ? 1 : 0), 0));
  });
  return errors.reduce((sum, error) => sum + error, 0) / all.length;
}

/** One repository's scored pairs, and how many more share no path. */
export interface ScoredRepository {
  readonly scored: readonly Scored[];
  readonly unlisted: number;
}

export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

const DRAWS = 300;

/**
 * The mean of the repositories' average precisions with its 95 % percentile interval: pairs are drawn anew within each
 * repository and, of several, repositories among themselves. Repositories without a conflict are left out.
 */
export function macroPrecision(repositories: readonly ScoredRepository[]): Interval {
  const random = seededRandom(1);
  const measured = repositories.filter(({ scored }) => scored.some(({ isConflict }) => isConflict));
  const draws = Array.from({ length: DRAWS }, () =>
    macroOf(draw(measured, random).map((one) => ({ ...one, scored: draw(one.scored, random) }))),
  ).filter((value) => !Number.isNaN(value));
  draws.sort((one, other) => one - other);
  return {
    mean: macroOf(measured),
    low: draws[Math.floor(draws.length * 0.025)] ?? Number.NaN,
    high: draws[Math.ceil(draws.length * 0.975) - 1] ?? Number.NaN,
  };
}

const draw = <T>(all: readonly T[], random: () => number): readonly T[] =>
  all.flatMap(() => all.slice(...placeIn(all.length, random)));

function placeIn(length: number, random: () => number): readonly [number, number] {
  const place = Math.floor(random() * length);
  return [place, place + 1];
}

function macroOf(repositories: readonly ScoredRepository[]): number {
  const precisions = repositories
    .map(({ scored, unlisted }) => averagePrecision(scored, unlisted))
    .filter((value) => !Number.isNaN(value));
  return precisions.reduce((sum, one) => sum + one, 0) / precisions.length;
}
