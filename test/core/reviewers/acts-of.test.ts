import { expect, test } from 'vitest';
import { actsOf } from '../../../src/core/reviewers/acts-of.ts';
import type { PullReviews } from '../../../src/core/reviewers/pull-reviews.ts';
import { asked, commit, merged, options, pull, snapshot } from './build-pull-reviews.ts';

const AT = '2026-03-17T11:00:00Z';
const LATER = '2026-03-17T12:00:00Z';

const acts = (login: string, ...open: readonly PullReviews[]) =>
  actsOf(login, { ...options(), snapshot: snapshot({ open }) });

const comment = (login: string, body = 'I am on it.') => ({ login, at: AT, body });

test('whoever comments, or pushes what they wrote, was seen at work', () => {
  const commits = [
    commit({ author: 'Noor', authoredAt: AT, committedAt: LATER }),
    commit({ author: null, authoredAt: LATER }),
  ];
  expect([acts('noor', pull(1, { comments: [comment('NOOR')] })), acts('noor', pull(1, { commits }))]).toEqual([
    [AT],
    [AT],
  ]);
  expect(acts('lena', pull(1, { comments: [comment('noor')], commits }))).toEqual([]);
});

test('what ended tells of people, too', () => {
  const past = [
    merged(1, 'ravi', { comments: [comment('noor')], commits: [commit({ author: 'noor', authoredAt: LATER })] }),
  ];
  expect(actsOf('noor', { ...options(), snapshot: snapshot({ past }) })).toEqual([AT, LATER]);
});

test('whoever opened it was there then, and asks nobody whom CODEOWNERS asked', () => {
  const steps = [asked('ravi', AT, 'kim'), asked('lena', LATER, 'noor')];
  const one = pull(1, { openedAt: AT, steps });
  expect([acts('kim', one), acts('noor', one)]).toEqual([[AT], [LATER]]);
});

test.each<[string, Partial<PullReviews>]>([
  [
    'the comment that Parasol keeps by their token',
    { comments: [comment('kim', '<!-- parasol:reviewers v1 -->\nWho')] },
  ],
  ['a comment that names an agent', { comments: [comment('kim', 'Done.\n\nAgent: ada')] }],
  ['a commit that names an agent', { commits: [commit({ message: 'Work\n\nAgent: ada', authoredAt: AT })] }],
  [
    'a commit of an agent’s pull request',
    { author: 'kim', labels: ['agent:ada'], commits: [commit({ authoredAt: AT })] },
  ],
  ['a commit from a clock that is ahead', { commits: [commit({ authoredAt: '2026-03-19T09:00:00Z' })] }],
])('%s is no sign of theirs', (_, more) => {
  expect(acts('kim', pull(1, { author: 'ravi', ...more }))).toEqual([]);
});

test('what somebody else pushes to an agent’s pull request is their own', () => {
  const commits = [commit({ author: 'noor', authoredAt: AT })];
  expect(acts('noor', pull(1, { body: 'Agent: ada', commits }))).toEqual([AT]);
});
