import { expect, test } from 'vitest';
import { askedSpansOf, readySpansOf } from '../../../src/core/reviewers/asked-spans.ts';
import { asked, merged, pull, removed } from './build-pull-reviews.ts';

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
    { from: ready.at, until: REVIEWED.at, isAnswered: true },
    { from: MONDAY, until: REVIEWED.at, isAnswered: true },
  ]);
});
