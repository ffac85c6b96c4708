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
 * repository, those that share no path among them, and, of several, repositories among themselves. Repositories without a conflict are left out.
 */
export function macroPrecision(repositories: readonly ScoredRepository[]): Interval {
  const random = seededRandom(1);
  const measured = repositories.filter(({ scored }) => scored.some(({ isConflict }) => isConflict));
  const draws = Array.from({ length: DRAWS }, () =>
    macroOf(draw(measured, measured.length, random).map((one) => redrawn(one, random))),
  ).filter((value) => !Number.isNaN(value));
  draws.sort((one, other) => one - other);
  return {
    mean: macroOf(measured),
    low: draws[Math.floor(draws.length * 0.025)] ?? Number.NaN,
    high: draws[Math.ceil(draws.length * 0.975) - 1] ?? Number.NaN,
  };
}

/** As many pairs as there are: how many of them are listed is a draw, too. */
function redrawn({ scored, unlisted }: ScoredRepository, random: () => number): ScoredRepository {
  const all = scored.length + unlisted;
  const listed = successes(all, scored.length / all, random);
  return { scored: draw(scored, listed, random), unlisted: all - listed };
}

/** With replacement. */
const draw = <T>(all: readonly T[], count: number, random: () => number): readonly T[] =>
  Array.from({ length: count }, () => all.slice(...placeIn(all.length, random))).flat();

function placeIn(length: number, random: () => number): readonly [number, number] {
  const place = Math.floor(random() * length);
  return [place, place + 1];
}

/**
 * How often something of probability `p` happens in so many trials, a binomial draw: by the gaps between the rarer of the two
 * outcomes, which are geometric (Devroye, Non-Uniform Random Variate Generation, X.4.3), so that millions of trials take no
 * longer than what happens in them.
 */
export function successes(trials: number, p: number, random: () => number): number {
  if (p > 0.5) return trials - successes(trials, 1 - p, random);
  if (p <= 0) return 0;
  let count = 0;
  for (let at = gap(p, random); at <= trials; at += gap(p, random)) count += 1;
  return count;
}

/** Trials up to the next one of probability `p`, itself included. */
const gap = (p: number, random: () => number): number => 1 + Math.floor(Math.log(1 - random()) / Math.log1p(-p));

function macroOf(repositories: readonly ScoredRepository[]): number {
  const precisions = repositories
    .map(({ scored, unlisted }) => averagePrecision(scored, unlisted))
    .filter((value) => !Number.isNaN(value));
  return precisions.reduce((sum, one) => sum + one, 0) / precisions.length;
}
