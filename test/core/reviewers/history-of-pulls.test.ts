import { expect, test } from 'vitest';
import { DEFAULT_CONFIG } from '../../../src/core/config.ts';
import { historyOfPulls } from '../../../src/core/reviewers/simulation/history-of-pulls.ts';
import { merged, pull } from './build-pull-reviews.ts';

test('merged pull requests make a trace: agents are authors of what others opened, and updates of dependencies are no work', () => {
  const reviews = [
    { login: 'helper', isBot: true, at: '2026-03-10T11:00:00Z', state: 'commented' as const },
    { login: 'noor', isBot: false, at: '2026-03-11T09:00:00Z', state: 'commented' as const },
    { login: 'ravi', isBot: false, at: '2026-03-11T08:00:00Z', state: 'commented' as const },
    { login: 'noor', isBot: false, at: '2026-03-11T10:00:00Z', state: 'approved' as const },
  ];
  const pulls = [
    merged(1, 'noor', { reviews, steps: [{ kind: 'ready', at: '2026-03-10T12:00:00Z' }] }),
    merged(2, 'kim', { body: 'Agent: ada' }),
    merged(3, 'noor', { author: 'dependabot' }),
    merged(4, 'noor', { state: 'closed' }),
    pull(5),
  ];
  const lines = { changedLines: 60, changedLinesByDirectory: { 'src/tides': 60 } };
  expect(historyOfPulls(pulls, DEFAULT_CONFIG.reviewers.agents)).toEqual([
    {
      ...{ number: 1, author: 'kim', openedBy: 'kim', reviewers: ['ravi', 'noor'], ...lines },
      ...{ openedAt: '2026-03-10T12:00:00Z', firstReviewAt: '2026-03-11T08:00:00Z', mergedAt: '2026-03-11T12:00:00Z' },
    },
    {
      ...{ number: 2, author: 'ada', openedBy: 'kim', reviewers: ['kim'], ...lines },
      ...{ openedAt: '2026-03-10T10:00:00Z', firstReviewAt: '2026-03-11T10:00:00Z', mergedAt: '2026-03-11T12:00:00Z' },
    },
  ]);
});
