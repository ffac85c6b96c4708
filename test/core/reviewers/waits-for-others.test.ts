import { expect, test } from 'vitest';
import { waitsForOthers } from '../../../src/core/reviewers/waits-for-others.ts';
import { pull, snapshot } from './build-pull-reviews.ts';
import { reviewer } from './build-review.ts';

const DAY = 86_400;

test('tells what waits for whom nothing else is told of, and neither teams nor what waits for its author', () => {
  const asked = ['Kim', 'zoe', 'octo/tides'];
  const open = [pull(1, { asked }), pull(2, { asked, isDraft: true }), pull(3, { asked, author: 'renovate[bot]' })];
  const waits = waitsForOthers(snapshot({ open }), { reviewers: [reviewer('kim')], slaSeconds: DAY });
  expect(waits.map(({ ref, login }) => [ref.number, login])).toEqual([[1, 'zoe']]);
});
