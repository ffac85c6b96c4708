import { expect, test } from 'vitest';
import { askedSpansOf, readySpansOf } from '../../../src/core/reviewers/asked-spans.ts';
import type { PullReviews } from '../../../src/core/reviewers/pull-reviews.ts';
import { asked, commit, merged, pull, removed } from './build-pull-reviews.ts';

const REVIEWED = { login: 'Ravi', isBot: false, at: '2026-03-12T10:00:00Z', state: 'commented' } as const;
const MONDAY = '2026-03-09T10:00:00Z';

test('a request ends with the review, with being taken back, with the pull request, or not yet', () => {
  const steps = [asked('ravi', MONDAY)];
  const open = [
    pull(1, { steps, reviews: [REVIEWED] }),
    pull(2, { steps: [...steps, removed('ravi', '2026-03-10T10:00:00Z')] }),
    pull(3, { steps }),
    pull(4, { steps: [asked('noor', MONDAY)] }),
  ];
  expect(askedSpansOf('ravi', { open, past: [merged(5, 'noor', { steps })] })).toEqual([
    { from: MONDAY, until: '2026-03-12T10:00:00Z', isAnswered: true },
    { from: MONDAY, until: '2026-03-10T10:00:00Z', isAnswered: false },
    { from: MONDAY, until: null, isAnswered: false },
    { from: MONDAY, until: '2026-03-11T12:00:00Z', isAnswered: false },
  ]);
});

test('what nobody had to answer yet does not count: drafts, and updates of dependencies', () => {
  const ready = { kind: 'ready', at: '2026-03-11T10:00:00Z' } as const;
  const open = [
    pull(1, { steps: [asked('ravi', MONDAY), ready], reviews: [REVIEWED] }),
    pull(2, { steps: [asked('ravi', MONDAY)], isDraft: true }),
    pull(3, { steps: [asked('ravi', MONDAY)], author: 'renovate' }),
    pull(4, { steps: [asked('ravi', MONDAY), { ...ready, at: '2026-03-13T10:00:00Z' }], reviews: [REVIEWED] }),
  ];
  expect(readySpansOf('ravi', { open, past: [] })).toEqual([
    { from: ready.at, until: REVIEWED.at, isAnswered: true, isOvertaken: false },
    { from: MONDAY, until: REVIEWED.at, isAnswered: true, isOvertaken: false },
  ]);
});

const TUESDAY = '2026-03-10T10:00:00Z';
const WEDNESDAY = '2026-03-11T10:00:00Z';
const THURSDAY = '2026-03-12T10:00:00Z';

const given = (login: string, at: string, state: 'approved' | 'changes_requested' | 'commented') =>
  ({ login, isBot: false, at, state }) as const;
const CHANGES = given('noor', TUESDAY, 'changes_requested');
const push = (at: string) => commit({ authoredAt: at });
const standing = { checks: 'success', mergeable: 'mergeable', decision: null } as const;
const approved = { ...standing, decision: 'approved' } as const;
const turns = (more: Partial<PullReviews>) =>
  readySpansOf('ravi', { open: [pull(1, { steps: [asked('ravi', MONDAY)], ...more })], past: [] });

test.each<[string, Partial<PullReviews>]>([
  ['somebody requested changes', { reviews: [CHANGES], commits: [push(MONDAY)] }],
  ['enough people approved it', { reviews: [given('noor', TUESDAY, 'approved')], standing: approved }],
  [
    'it was approved for its merge',
    { reviews: [given('noor', TUESDAY, 'approved')], state: 'merged', endedAt: THURSDAY, standing: null },
  ],
  ['the last push made checks fail', { commits: [push(TUESDAY)], standing: { ...standing, checks: 'failure' } }],
  ['checks of the last push run', { commits: [push(TUESDAY)], standing: { ...standing, checks: 'pending' } }],
])('the turn ends when %s', (_, more) => {
  expect(turns(more)).toEqual([{ from: MONDAY, until: TUESDAY, isAnswered: false, isOvertaken: true }]);
});

test.each<[string, Partial<PullReviews>]>([
  ['a push answers the changes', { commits: [push(WEDNESDAY), push(THURSDAY)] }],
  ['whoever requested them is asked again', { steps: [asked('ravi', MONDAY), asked('noor', WEDNESDAY)] }],
  ['whoever requested them approves', { reviews: [CHANGES, given('Noor', WEDNESDAY, 'approved')] }],
])('the next turn begins when %s', (_, more) => {
  expect(turns({ reviews: [CHANGES], ...more })).toEqual([
    { from: MONDAY, until: TUESDAY, isAnswered: false, isOvertaken: true },
    { from: WEDNESDAY, until: null, isAnswered: false, isOvertaken: false },
  ]);
});

test('who is asked while the author has to answer has the turn from the answer on', () => {
  const steps = [asked('ravi', WEDNESDAY)];
  const reviews = [CHANGES, given('ravi', '2026-03-13T10:00:00Z', 'approved')];
  expect(turns({ steps, reviews, commits: [push(THURSDAY)] })).toEqual([
    { from: THURSDAY, until: '2026-03-13T10:00:00Z', isAnswered: true, isOvertaken: false },
  ]);
  expect(turns({ steps, reviews: [CHANGES], commits: [push(MONDAY)] })).toEqual([]);
});

test('a review that nobody waited for is an answer', () => {
  const answer = [{ from: MONDAY, until: WEDNESDAY, isAnswered: true, isOvertaken: false }];
  expect(turns({ reviews: [CHANGES, given('ravi', WEDNESDAY, 'commented')] })).toEqual(answer);
  const merge = [given('noor', TUESDAY, 'approved'), given('ravi', WEDNESDAY, 'commented')];
  expect(turns({ reviews: merge, standing: approved })).toEqual(answer);
});

test('an approval that was not enough, and changes answered before, leave the turn where it is', () => {
  const whole = [{ from: WEDNESDAY, until: null, isAnswered: false, isOvertaken: false }];
  const steps = [asked('ravi', WEDNESDAY)];
  expect(turns({ steps, reviews: [given('noor', THURSDAY, 'approved')] })).toEqual(whole);
  expect(turns({ steps, reviews: [given('noor', MONDAY, 'changes_requested')], commits: [push(TUESDAY)] })).toEqual(
    whole,
  );
});

test('what is in conflict with its base tells of no time', () => {
  expect(turns({ standing: { ...standing, mergeable: 'conflicting' } })).toEqual([]);
});
