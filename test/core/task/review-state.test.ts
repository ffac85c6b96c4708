import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../src/core/reading.ts';
import type { PullRequestFacts, ReviewFacts } from '../../../src/core/task/facts.ts';
import {
  lastApprovalAt,
  type ReviewState,
  reviewStateOf,
  unansweredRejecters,
} from '../../../src/core/task/review-state.ts';
import { pullRequestFacts } from '../build-facts.ts';

const gap = unknown({ cause: 'forbidden', what: 'reviews' });
const reviews = (...states: readonly ReviewFacts['state'][]): Pick<PullRequestFacts, 'reviews'> => ({
  reviews: known(
    states.map((state, i) => ({
      author: ['lena', 'kim', 'noor'][i] ?? null,
      state,
      submittedAt: `2026-05-0${i + 1}T00:00:00Z`,
      commitSha: null,
      url: '',
    })),
  ),
});

describe('reviewStateOf', () => {
  const cases: readonly [title: string, Partial<PullRequestFacts>, ReviewState][] = [
    ['GitHub approves', { reviewDecision: 'approved', reviews: gap }, 'approved'],
    ['GitHub sees changes requested', { reviewDecision: 'changes_requested' }, 'changes_requested'],
    ['one approves without a rule', reviews('approved', 'commented'), 'approved'],
    ['one approves and one does not', reviews('approved', 'changes_requested'), 'changes_requested'],
    ['the approval was dismissed', reviews('dismissed'), 'none'],
    ['one approval does not satisfy a rule', { ...reviews('approved'), reviewDecision: 'review_required' }, 'none'],
    ['somebody is asked', { reviewRequests: known(['lena']) }, 'requested'],
    ['nobody is asked', {}, 'none'],
    ['reviews are unread without a rule', { reviews: gap }, 'unknown'],
    ['requests are unread', { reviewRequests: gap }, 'unknown'],
  ];
  it.each(cases)('when %s', (_title, input, state) => {
    expect(reviewStateOf(pullRequestFacts(input))).toBe(state);
  });
});

describe('lastApprovalAt', () => {
  it('is the latest approval in force', () => {
    expect(lastApprovalAt(pullRequestFacts(reviews('approved', 'approved', 'dismissed')))).toBe('2026-05-02T00:00:00Z');
    expect(lastApprovalAt(pullRequestFacts({ reviews: gap }))).toBeNull();
  });
});

describe('unansweredRejecters', () => {
  it('leaves out who was asked to look again', () => {
    const input = { ...reviews('changes_requested', 'changes_requested'), reviewRequests: known(['kim']) };
    expect(unansweredRejecters(pullRequestFacts(input))).toEqual(['lena']);
  });
});
