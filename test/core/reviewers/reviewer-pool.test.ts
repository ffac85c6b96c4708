import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { known, unknown } from '../../../src/core/reading.ts';
import { parseCodeOwners } from '../../../src/core/reviewers/parse-code-owners.ts';
import type { ReviewSnapshot } from '../../../src/core/reviewers/review-snapshot.ts';
import { reviewerPool } from '../../../src/core/reviewers/reviewer-pool.ts';
import { merged, NOW, snapshot } from './build-pull-reviews.ts';

const TEAMS = known([
  { name: 'octo/tides', members: ['lena', 'ravi'], isHere: true },
  { name: 'octo/dock', members: ['noor'], isHere: false },
]);

const pool = (of: Partial<ReviewSnapshot>, config: Partial<typeof DEFAULT_CONFIG.reviewers> = {}, owners = '') =>
  pooled(of, config, owners).logins;

const pooled = (of: Partial<ReviewSnapshot>, config: Partial<typeof DEFAULT_CONFIG.reviewers> = {}, owners = '') =>
  reviewerPool(snapshot(of), {
    config: { ...DEFAULT_CONFIG.reviewers, ...config },
    owners: [parseCodeOwners(owners)],
    now: NOW,
  });

test('who reviewed lately, owns files, or is in a team of the repository reviews, as far as they have access', () => {
  const past = [
    merged(1, 'NOOR'),
    merged(2, 'stranger'),
    merged(3, 'kim', {
      author: 'ravi',
      reviews: [{ login: 'kim', isBot: false, at: '2025-08-01T10:00:00Z', state: 'approved' }],
    }),
  ];
  expect(pool({ past, teams: TEAMS })).toEqual(['lena', 'noor', 'ravi']);
  expect(pool({ past, teams: TEAMS }, {}, '* @kim @octo/dock')).toEqual(['kim', 'lena', 'noor', 'ravi']);
});

test('where that is nobody or one, everybody with access does, and it is told', () => {
  const all = { logins: ['kim', 'lena', 'noor', 'ravi'], isEverybody: true };
  expect([pooled({ past: [merged(1, 'noor')] }), pooled({})]).toEqual([all, all]);
  const past = [merged(1, 'noor'), merged(2, 'ravi')];
  expect(pooled({ past })).toEqual({ logins: ['noor', 'ravi'], isEverybody: false });
  expect(pooled({ past }, { exclude: ['ravi'] })).toEqual({ logins: ['kim', 'lena', 'noor'], isEverybody: true });
  expect(pooled({ past }, { pool: ['kim'] })).toEqual({ logins: ['kim'], isEverybody: false });
});

test('who is known to be able to read alone does not review for want of others', () => {
  const people = known(
    ['kim', 'ravi', 'noor', 'lena'].map((login) => ({
      ...{ login, isBusy: false },
      canApprove: login === 'ravi' ? null : login !== 'lena',
    })),
  );
  expect(pooled({ people }).logins).toEqual(['kim', 'noor', 'ravi']);
  const past = [merged(1, 'noor'), merged(2, 'lena')];
  expect(pooled({ people, past })).toEqual({ logins: ['kim', 'lena', 'noor', 'ravi'], isEverybody: true });
});

test('people and teams that the configuration names are all there are, whoever has access', () => {
  expect(
    pool({ past: [merged(1, 'kim', { author: 'ravi' })], teams: TEAMS }, { pool: ['Zoe'], teams: ['dock'] }),
  ).toEqual(['noor', 'Zoe']);
  expect(pool({ teams: TEAMS }, { teams: ['octo/Tides'] })).toEqual(['lena', 'ravi']);
});

test('who is excluded, and an account of agents, never reviews', () => {
  const agents = { ...DEFAULT_CONFIG.reviewers.agents, logins: ['lena'] };
  expect(pool({}, { exclude: ['KIM'], agents })).toEqual(['noor', 'ravi']);
});

test('where nobody may read who has access, the past says who reviews', () => {
  const people = unknown({ cause: 'forbidden', what: 'people of octo/harbor' });
  expect(pool({ people, past: [merged(1, 'noor'), merged(2, 'ravi')] })).toEqual(['noor', 'ravi']);
});
