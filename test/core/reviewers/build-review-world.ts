import { instantAt } from '../../../src/core/instant-at.ts';
import type { ReviewWorld, WorldChange, WorldReviewer } from '../../../src/core/reviewers/simulation/review-world.ts';

/** A Monday. */
const START = '2026-01-05T00:00:00Z';
const DAYS = 28;

const hourAfterStart = (hour: number): string => instantAt(Date.parse(START) + hour * 3_600_000);

/** In office hours of UTC; reviews at ten each working day unless told otherwise. */
export function worldReviewer(given: Partial<WorldReviewer> = {}): WorldReviewer {
  const away = given.away ?? [];
  const tens = Array.from({ length: DAYS }, (_, day) => day).filter((day) => day % 7 < 5);
  return {
    id: 'kim',
    timeZoneOffsetHours: 0,
    budgetPerReviewDayAtFullUtilisation: 1,
    member: [[0, DAYS * 24]],
    reviewHours: tens
      .map((day) => day * 24 + 10)
      .filter((hour) => !away.some(([from, to]) => hour >= from && hour < to)),
    ...given,
    away,
  };
}

/** One unit for whoever knows it, which everybody does. */
export const worldChange = (number: number, openedHour: number, given: Partial<WorldChange> = {}): WorldChange => ({
  number,
  author: 'tomas',
  openedAt: hourAfterStart(openedHour),
  work: 1,
  familiarity: { kim: 1, ravi: 1, noor: 1 },
  ...given,
});

/** Four weeks from a Monday, arrivals in the first three. */
export const reviewWorld = (reviewers: readonly WorldReviewer[], changes: readonly WorldChange[]): ReviewWorld => ({
  start: START,
  arrivalsUntil: hourAfterStart(21 * 24),
  end: hourAfterStart(DAYS * 24),
  hours: DAYS * 24,
  reviewers: [...reviewers],
  changes: [...changes],
});
