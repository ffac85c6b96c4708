import { expect, test } from 'vitest';
import type { ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { reviewerNow } from '../../../src/core/reviewers/reviewer-now.ts';
import { seatReviewers } from '../../../src/core/reviewers/seat-reviewers.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const DAY_SECONDS = 86_400;
const at = (days: number): string => new Date(Date.parse(NOW) - days * DAY_SECONDS * 1000).toISOString();

/** Opened so many days ago and due two days later. */
const openFor = (days: number, number: number) => {
  const request: ReviewRequest = reviewRequest({ ref: ref(number), openedAt: at(days), dueAt: at(days - 2) });
  return { request, ref: request.ref, openedAt: request.openedAt, dueAt: request.dueAt };
};

const kim = reviewer('kim', {
  capability: ['octo/tides'],
  capacity: { value: 2, basis: 'configured' },
  waiting: waiting(1),
});

const seat = (ages: readonly number[], queued = 0) =>
  seatReviewers(
    ages.map((days, index) => openFor(days, index + 1)),
    [reviewerNow(kim, NOW)],
    { queued },
  ).map(({ seats, waitBehind: _, ...who }) => ({ ...who, seats: seats.length }));

const KIM = { login: 'kim', capability: ['octo/tides'], open: 1 };

test('somebody has as many seats as there is room beside what waits, and never more than the batch has requests', () => {
  expect([seat([1, 1, 1]), seat([])]).toEqual([[{ ...KIM, seats: 1 }], []]);
  expect(seatReviewers([openFor(1, 1)], [reviewerNow(reviewer('noor'), NOW)], { queued: 0 })[0]?.seats).toEqual([0]);
});

test('what is over its time opens no seats: others would take them', () => {
  expect(seat([40, 10, 1])).toEqual([{ ...KIM, seats: 1 }]);
});

test('a long queue opens seats for all', () => {
  expect(seat([1, 1, 1], 8)).toEqual([{ ...KIM, seats: 3 }]);
});

test('each seat waits for the ones before it, also with somebody whose absence has no end', () => {
  const away = { ...kim, absences: [{ from: at(9), until: null, level: 'off' as const }] };
  const [one] = seatReviewers([openFor(1, 1), openFor(1, 2)], [reviewerNow(away, NOW)], { queued: 0 });
  expect(
    [one?.waitBehind(0), one?.waitBehind(1), one?.waitBehind(2)].map((hours) => Number(hours?.toFixed(1))),
  ).toEqual([0, 33.6, 67.2]);
});
