import type { HistoryChange } from './build-history-world.ts';
import { MODEL_SLA_HOURS, percentile } from './review-figures.ts';

/** How long changes really waited for their first review, and nothing supposed. */
export interface ReviewRecord {
  /** Changes whose first review has a time: the waits are theirs. */
  readonly reviewed: number;
  readonly p50Hours: number;
  readonly p95Hours: number;
  /** Share of those that waited for more than `MODEL_SLA_HOURS`. */
  readonly breachShare: number;
  /** Merged without a review. */
  readonly unreviewed: number;
  /** Reviewed, and nobody knows when. */
  readonly untimed: number;
}

/** Null where no first review has a time. A review before the change was ready counts as no wait. */
export function buildReviewRecord(history: readonly HistoryChange[]): ReviewRecord | null {
  const reviewed = history.filter(({ reviewers }) => reviewers.length > 0);
  const waits = reviewed.flatMap(({ openedAt, firstReviewAt }) =>
    firstReviewAt ? [Math.max(0, Date.parse(firstReviewAt) - Date.parse(openedAt)) / 3_600_000] : [],
  );
  if (waits.length === 0) return null;
  return {
    reviewed: waits.length,
    p50Hours: percentile(waits, 0.5),
    p95Hours: percentile(waits, 0.95),
    breachShare: waits.filter((wait) => wait > MODEL_SLA_HOURS).length / waits.length,
    unreviewed: history.length - reviewed.length,
    untimed: reviewed.length - waits.length,
  };
}
