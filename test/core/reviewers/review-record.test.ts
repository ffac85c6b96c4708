import { expect, test } from 'vitest';
import type { HistoryChange } from '../../../src/core/reviewers/simulation/build-history-world.ts';
import { buildReviewRecord } from '../../../src/core/reviewers/simulation/review-record.ts';

const change = (firstReviewAt: string | null, reviewers: readonly string[] = ['ravi']): HistoryChange => ({
  ...{ number: 1, author: 'kim', reviewers, changedLines: 5, changedLinesByDirectory: { src: 5 } },
  ...{ openedAt: '2026-01-05T09:00:00Z', mergedAt: '2026-01-09T09:00:00Z', firstReviewAt },
});

test('the record tells the waits of what was reviewed, and counts what was not, or nobody knows when', () => {
  const history = [
    change('2026-01-05T12:00:00Z'),
    change('2026-01-04T12:00:00Z'),
    change('2026-01-08T09:00:00Z'),
    change(null),
    change(null, []),
  ];
  expect(buildReviewRecord(history)).toEqual({
    ...{ reviewed: 3, unreviewed: 1, untimed: 1 },
    ...{ p50Hours: 3, p95Hours: 72, breachShare: 1 / 3 },
  });
});

test('without any time of a review there is no record', () => {
  expect([buildReviewRecord([change(null)]), buildReviewRecord([change(null, [])]), buildReviewRecord([])]).toEqual([
    null,
    null,
    null,
  ]);
});
