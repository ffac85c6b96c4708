import { expect, test } from 'vitest';
import { assessEligibility } from '../../../src/core/reviewers/eligibility.ts';
import { capacityInForce, capacityToldTo } from '../../../src/core/reviewers/own-capacity.ts';
import { rankReviewers } from '../../../src/core/reviewers/rank-reviewers.ts';
import { reviewerNow } from '../../../src/core/reviewers/reviewer-now.ts';
import { NOW } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const KIM = reviewer('Kim', { capacity: { value: 4, basis: 'configured' }, ownCapacity: 2, waiting: waiting(2) });

test('what a person said goes before everything else where somebody is chosen', () => {
  const options = { now: NOW, slaSeconds: 172_800, queued: 0, seed: 0, assigns: false };
  const request = reviewRequest({ openedAt: NOW });
  expect([capacityInForce(KIM), capacityInForce(reviewer('noor'))]).toEqual([2, 4]);
  expect(assessEligibility(request, reviewerNow(KIM, NOW), { ...options, ageOverSla: 0, overload: 0 })).toMatchObject({
    reasons: ['at_capacity'],
  });
  expect(rankReviewers(request, [KIM], options).candidates).toMatchObject([{ login: 'Kim', cap: 2, hasRoom: false }]);
});

test('it is told to that person alone', () => {
  const others = [null, 'noor'].map((viewer) => capacityToldTo(viewer, KIM));
  expect(others).toEqual(Array(2).fill({ value: 4, basis: 'configured' }));
  expect(capacityToldTo('kim', KIM)).toEqual({ value: 2, basis: 'said' });
  expect(capacityToldTo('noor', reviewer('noor'))).toEqual({ value: 4, basis: 'default' });
});
