import { expect, test } from 'vitest';
import { known } from '../../../src/core/reading.ts';
import { buildReviewModel } from '../../../src/core/reviewers/build-review-model.ts';
import type { ReviewSnapshot } from '../../../src/core/reviewers/review-snapshot.ts';
import { merged, options, pull, snapshot } from './build-pull-reviews.ts';

const of = (number: number, path: string, more: Parameters<typeof merged>[2] = {}) =>
  merged(number, 'noor', { files: [{ path, changedLines: 10 }], ...more });

/** Those who are the only ones for something, with how much and what. */
const scarce = (past: ReviewSnapshot['past'], open: ReviewSnapshot['open'] = []) => {
  const text = '/db/ @ravi\n/web/ @noor @lena\n/api/ @kim @lena';
  const codeowners = known(new Map([['main', { path: 'CODEOWNERS', text, byteSize: text.length }]]));
  const { reviewers } = buildReviewModel(snapshot({ past, open, codeowners }), options());
  return Object.fromEntries(
    reviewers.flatMap(({ login, scarcity }) => (scarcity.share > 0 ? [[login, scarcity] as const] : [])),
  );
};

test('whoever alone could have reviewed some of the requests of late is scarce by their share', () => {
  const past = [of(1, 'db/a.sql'), of(2, 'web/a.ts'), of(3, 'docs/a.md')];
  expect(scarce(past, [pull(4, { files: [{ path: 'db/b.sql', changedLines: 1 }] })])).toEqual({
    ravi: { share: 0.5, tags: ['ravi'] },
  });
});

test('the author of a request could not have reviewed it, so that who else knows it was alone', () => {
  expect(scarce([of(1, 'api/a.ts')])).toEqual({ lena: { share: 1, tags: ['kim or lena'] } });
  expect(scarce([of(1, 'api/a.ts', { body: 'Agent: ada' })])).toEqual({ lena: { share: 1, tags: ['kim or lena'] } });
  expect(scarce([of(1, 'api/a.ts', { author: 'ravi' })])).toEqual({});
});

test('what is older than 90 days, or only updates dependencies, does not count', () => {
  const old = of(1, 'db/a.sql', { openedAt: '2025-10-01T10:00:00Z', endedAt: '2026-03-11T12:00:00Z' });
  expect(scarce([old, of(2, 'db/a.sql', { author: 'dependabot[bot]' }), of(3, 'docs/a.md')])).toEqual({});
});
