import { FAMILIAR_SHARE } from '../score-candidate.ts';
import type { Simulated } from './simulate-reviews.ts';

export interface ReviewFigures {
  readonly p50Hours: number;
  readonly p95Hours: number;
  /** Share of the requests whose first review came later than the SLA. */
  readonly breachShare: number;
  readonly utilisationGini: number;
  /** Open requests of one person that are exceeded on one person's day in twenty. */
  readonly p95Open: number;
  /** Share of the reviews by somebody who knew at least `FAMILIAR_SHARE` of the changed lines. */
  readonly capabilityShare: number;
  readonly handOffShare: number;
  readonly undone: number;
}

/** The model's SLA; and what a request without a review at the end counts as in the benchmark. */
export const MODEL_SLA_HOURS = 48;
const UNDONE_HOURS = 40 * 24;

/** `undoneHours`: what a request without a review at the end waited for; `Infinity` where quantiles must not hide it. */
export function buildReviewFigures(simulated: Simulated, undoneHours: number = UNDONE_HOURS): ReviewFigures {
  const { reviews, undone, loads, openPerPerson, handOffs } = simulated;
  const waits = [...reviews.map(({ waitHours }) => waitHours), ...Array<number>(undone).fill(undoneHours)];
  const shareOf = (count: number, all: number): number => (all === 0 ? 0 : count / all);
  return {
    p50Hours: percentile(waits, 0.5),
    p95Hours: percentile(waits, 0.95),
    breachShare: shareOf(waits.filter((wait) => wait > MODEL_SLA_HOURS).length, waits.length),
    utilisationGini: gini(loads.flatMap(({ utilisation }) => (utilisation === null ? [] : [utilisation]))),
    p95Open: percentile(openPerPerson, 0.95),
    capabilityShare: shareOf(reviews.filter(({ familiarity }) => familiarity >= FAMILIAR_SHARE).length, reviews.length),
    handOffShare: shareOf(handOffs, waits.length),
    undone,
  };
}

/** The value that the given share of all does not exceed, by the reference model's rule; 0 of nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
}

/** How unequal values are: 0 when all are the same, towards 1 when one has everything. */
function gini(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const total = sorted.reduce((sum, one) => sum + one, 0);
  if (total === 0) return 0;
  const weighted = sorted.reduce((sum, one, place) => sum + (place + 1) * one, 0);
  return (2 * weighted) / (sorted.length * total) - (sorted.length + 1) / sorted.length;
}
