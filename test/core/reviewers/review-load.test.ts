import { expect, test } from 'vitest';
import { buildReviewModel } from '../../../src/core/reviewers/build-review-model.ts';
import { NOTHING_KEPT_OF_REVIEWS } from '../../../src/core/reviewers/review-base.ts';
import { isUnasked, reviewLoads } from '../../../src/core/reviewers/review-load.ts';
import { ref } from '../build-facts.ts';
import { asked, NOW, options, pull, snapshot } from './build-pull-reviews.ts';
import { reviewer } from './build-review.ts';

const waitingSince = (number: number, login: string, at: string, changedLines = 60) =>
  pull(number, { openedAt: at, changedLines, asked: [login], steps: [asked(login, at)] });

const OPEN = [
  waitingSince(1, 'ravi', '2026-03-16T09:00:00Z'),
  waitingSince(2, 'ravi', '2026-03-17T12:00:00Z', 5000),
  waitingSince(4, 'ravi', '2026-03-17T13:00:00Z'),
  waitingSince(3, 'noor', '2026-03-18T13:00:00Z', 1),
];

const loads = (more: Parameters<typeof options>[1] = {}) =>
  reviewLoads(buildReviewModel(snapshot({ open: OPEN }), options({}, more)).reviewers, NOW);

test('who has most waiting for what they can take comes first, with what is late and what will be', () => {
  expect(loads().map(({ login, open, oldestAt, overdue, atRisk }) => [login, open, oldestAt, overdue, atRisk])).toEqual(
    [
      ['ravi', 3, '2026-03-16T09:00:00Z', 1, 1],
      ['noor', 1, '2026-03-18T13:00:00Z', 0, 0],
      ['kim', 0, null, 0, 0],
      ['lena', 0, null, 0, 0],
    ],
  );
});

const atRisk = (turn: number, ...waits: readonly (readonly [askedAt: string, dueAt: string])[]): number | undefined => {
  const waiting = waits.map(([askedAt, dueAt], place) => ({ ref: ref(place), askedAt, dueAt, effort: 1 }));
  return reviewLoads([reviewer('kim', { waiting, turn: { value: turn, basis: 'history' } })], NOW)[0]?.atRisk;
};

test.each([
  ['is not at risk while it is no older than that', 40, ['2026-03-17T08:00:00Z', '2026-03-19T08:00:00Z'], 0],
  ['takes as long again once it is older', 20, ['2026-03-17T08:00:00Z', '2026-03-19T08:00:00Z'], 1],
  ['is at risk where that alone is too long', 50, ['2026-03-18T13:00:00Z', '2026-03-20T13:00:00Z'], 1],
] as const)('a request of somebody who takes so many hours %s', (_, turn, wait, expected) => {
  expect(atRisk(turn, wait)).toBe(expected);
});

test('what waits is told with whether it is late', () => {
  const waits = [
    { askedAt: null, dueAt: null },
    ...['2026-03-18T13:00:00Z', '2026-03-19T10:00:00Z', '2026-03-25T10:00:00Z'].map((dueAt) => ({
      askedAt: NOW,
      dueAt,
    })),
  ];
  const waiting = waits.map((one, place) => ({ ...one, ref: ref(place), effort: 1 }));
  const [kim] = reviewLoads([reviewer('kim', { waiting })], NOW);
  expect(kim?.waiting.map(({ due }) => due)).toEqual(['unknown', 'late', 'at_risk', 'in_time']);
});

test('what is due first has its turn first', () => {
  const [one, two] = [
    ['2026-03-18T13:00:00Z', '2026-03-20T13:00:00Z'],
    ['2026-03-18T12:00:00Z', '2026-03-20T12:00:00Z'],
  ] as const;
  expect([atRisk(20, one, two), atRisk(30, one, two), atRisk(50, one, two)]).toEqual([0, 1, 2]);
});

test('an absence changes nothing of what is told', () => {
  const away = [{ from: '2026-03-01T00:00:00Z', until: null, level: 'off' as const }];
  const kept = { ...NOTHING_KEPT_OF_REVIEWS, absences: new Map([['noor', away]]) };
  expect(loads({ kept })).toEqual(loads());
});

test('nobody was asked for what is ready and has neither a request nor a review', () => {
  const review = [{ login: 'noor', isBot: false, at: NOW, state: 'commented' as const }];
  const open = [
    pull(1),
    pull(2, { isDraft: true }),
    pull(3, { author: 'renovate' }),
    pull(4, { reviews: review }),
    ...OPEN.slice(3),
  ];
  const { requests } = buildReviewModel(snapshot({ open }), options());
  expect(requests.filter(isUnasked).map(({ ref }) => ref.number)).toEqual([1]);
});
