import { expect, test } from 'vitest';
import { buildReviewFigures } from '../../../src/core/reviewers/simulation/review-figures.ts';
import type { Simulated } from '../../../src/core/reviewers/simulation/simulate-reviews.ts';

const review = (waitHours: number, familiarity = 1) => ({ number: waitHours, reviewer: 'kim', waitHours, familiarity });

const simulated = (given: Partial<Simulated>): Simulated => ({
  reviews: [],
  undone: 0,
  loads: [],
  openPerPerson: [],
  handOffs: 0,
  rerequests: 0,
  ...given,
});

test('counts a request that nobody reviewed as forty days of waiting, and those who know a third of it as able', () => {
  const figures = buildReviewFigures(
    simulated({
      reviews: [review(1, 0.3), review(2, 0.29), review(49)],
      undone: 1,
      loads: [
        { id: 'kim', utilisation: 0.9, taken: 9, asked: 3 },
        { id: 'ravi', utilisation: 0.3, taken: 1, asked: 1 },
        { id: 'noor', utilisation: null, taken: 0, asked: 0 },
      ],
      openPerPerson: [0, 0, 1, 3],
      handOffs: 1,
    }),
  );
  expect(figures).toEqual({
    p50Hours: 49,
    p95Hours: 960,
    breachShare: 0.5,
    utilisationGini: expect.closeTo(0.25),
    p95Open: 3,
    capabilityShare: expect.closeTo(2 / 3),
    handOffShare: 0.25,
    undone: 1,
  });
});

test('of nothing, every figure is 0', () => {
  expect(new Set(Object.values(buildReviewFigures(simulated({}))))).toEqual(new Set([0]));
});
