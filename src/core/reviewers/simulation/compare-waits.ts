import { seededRandom } from '../../seeded-random.ts';
import { percentile } from './review-figures.ts';

/** How long one change waited for its first review, either way; hours. */
export interface WaitPair {
  /** Since 1970, whole weeks: when it was opened. */
  readonly week: number;
  readonly today: number;
  readonly ours: number;
}

/** Ours less today's, of the wait that 95 % of the changes do not exceed, hours: below 0 where ours is shorter. */
export interface WaitDifference {
  readonly p95Hours: number;
  /** The difference lies in it in 95 of 100 such pasts; null where there are too few changes to tell. */
  readonly interval: { readonly low: number; readonly high: number } | null;
}

/**
 * Below 59 changes not even the longest wait exceeds the 95th percentile with a confidence of 95 % (1 − 0.95ⁿ, Wilks 1941): whatever
 * is told of it is chance.
 */
export const FEWEST_CHANGES = 59;
/** Chosen: from fewer weeks than that there is little to draw. */
export const FEWEST_WEEKS = 8;

const DRAWS = 400;

/**
 * How much longer or shorter the waits are, and how surely. Whole weeks are drawn again and again with all their changes (a block
 * bootstrap, Künsch 1989), both ways alike, because the changes of a busy week wait for each other. It tells of chance in which
 * changes came, and nothing of what both ways suppose.
 */
export function compareWaits(pairs: readonly WaitPair[], seed: number): WaitDifference {
  const p95Hours = differenceOf(pairs);
  const weeks = byWeek(pairs);
  if (pairs.length < FEWEST_CHANGES || weeks.length < FEWEST_WEEKS) return { p95Hours, interval: null };
  const random = seededRandom(seed);
  const drawn = Array.from({ length: DRAWS }, () =>
    differenceOf(weeks.flatMap(() => weeks[Math.floor(random() * weeks.length)] ?? [])),
  );
  return { p95Hours, interval: { low: percentile(drawn, 0.025), high: percentile(drawn, 0.975) } };
}

function differenceOf(pairs: readonly WaitPair[]): number {
  const p95Of = (way: 'today' | 'ours'): number =>
    percentile(
      pairs.map((pair) => pair[way]),
      0.95,
    );
  return p95Of('ours') - p95Of('today');
}

function byWeek(pairs: readonly WaitPair[]): readonly (readonly WaitPair[])[] {
  const weeks = new Map<number, WaitPair[]>();
  for (const pair of pairs) weeks.set(pair.week, [...(weeks.get(pair.week) ?? []), pair]);
  return [...weeks.values()];
}
