import { describe, expect, test } from 'vitest';
import { known, unknown } from '../../../src/core/reading.ts';
import { type TurnFacts, turnOf } from '../../../src/core/reviewers/waiting-on-reviewer.ts';

const day = (number: number): string => `2026-05-${String(number).padStart(2, '0')}T09:00:00Z`;

/** An open pull request of ravi's, ready since May 1, for which kim was asked on May 2. */
function turnFacts(input: Partial<TurnFacts> = {}): TurnFacts {
  return {
    state: 'open',
    isDraft: false,
    readyAt: day(1),
    asked: [{ login: 'Kim', askedAt: day(2) }],
    reviews: [],
    pushedAt: null,
    checks: known({ state: 'success' }),
    checkedAt: null,
    mergeable: 'mergeable',
    reviewDecision: 'review_required',
    ...input,
  };
}

const turn = (input: Partial<TurnFacts> = {}) => turnOf(turnFacts(input), 'kim');
const review = (author: string, state: TurnFacts['reviews'][number]['state'], submittedAt: string | null) => ({
  author,
  state,
  submittedAt,
});
const isChecked = (state: 'none' | 'success' | 'pending' | 'failure') => known({ state });

describe('a pull request waits', () => {
  test.each<[string, Partial<TurnFacts>, ReturnType<typeof turnOf>]>([
    ['for the reviewer since the request', {}, { on: 'reviewer', since: day(2) }],
    ['for the reviewer since it was ready', { readyAt: day(3) }, { on: 'reviewer', since: day(3) }],
    ['for the reviewer since its checks passed', { checkedAt: day(4) }, { on: 'reviewer', since: day(4) }],
    [
      'for the reviewer since nobody knows when',
      { asked: [{ login: 'kim', askedAt: null }] },
      { on: 'reviewer', since: null },
    ],
    ['for nobody once it is closed', { state: 'closed' }, { on: 'nobody' }],
    ['for nobody who was not asked', { asked: [{ login: 'noor', askedAt: day(2) }] }, { on: 'nobody' }],
    ['for its author as a draft', { isDraft: true }, { on: 'author', because: 'draft' }],
    ['for its author in conflict', { mergeable: 'conflicting' }, { on: 'author', because: 'conflict' }],
    ['for its author with failed checks', { checks: isChecked('failure') }, { on: 'author', because: 'checks_failed' }],
    ['for the checks while they run', { checks: isChecked('pending') }, { on: 'ci' }],
    ['for the merge once it is approved', { reviewDecision: 'approved' }, { on: 'merge' }],
  ])('%s', (_, input, expected) => {
    expect(turn(input)).toEqual(expected);
  });

  test('for the reviewer where checks and conflicts could not be read', () => {
    const checks = unknown({ cause: 'forbidden', what: 'checks of octo/harbor#1' });
    expect(turn({ checks, checkedAt: day(4), mergeable: 'unknown' })).toEqual({ on: 'reviewer', since: day(2) });
  });
});

describe('changes that somebody requested', () => {
  const asked = [review('noor', 'changes_requested', day(5))];

  test('wait for the author until a push', () => {
    expect(turn({ reviews: asked, pushedAt: day(4) })).toEqual({ on: 'author', because: 'changes_requested' });
    expect(turn({ reviews: asked, pushedAt: null })).toEqual({ on: 'author', because: 'changes_requested' });
    expect(turn({ reviews: asked, pushedAt: day(6) })).toEqual({ on: 'reviewer', since: day(6) });
  });

  test('were answered where the same person is asked again', () => {
    const again = { reviews: [review('kim', 'changes_requested', day(3))], pushedAt: day(1) };
    expect(turn({ ...again, asked: [{ login: 'kim', askedAt: day(4) }] })).toEqual({ on: 'reviewer', since: day(4) });
  });

  test('come back to who requested them with the next push, even without a request', () => {
    const own = { asked: [], reviews: [review('Kim', 'changes_requested', day(3))] };
    expect(turn({ ...own, pushedAt: day(6) })).toEqual({ on: 'reviewer', since: day(6) });
    expect(turn({ ...own, pushedAt: day(2) })).toEqual({ on: 'nobody' });
  });

  test('are over once they are approved or dismissed, in whatever order the reviews are told', () => {
    for (const state of ['approved', 'dismissed'] as const)
      expect(turn({ reviews: [review('noor', state, day(6)), ...asked] })).toEqual({ on: 'reviewer', since: day(2) });
  });

  test('are not taken back by a comment or by a review that was never sent', () => {
    const reviews = [...asked, review('noor', 'commented', day(7)), review('noor', 'approved', null)];
    expect(turn({ reviews, pushedAt: day(4) })).toEqual({ on: 'author', because: 'changes_requested' });
  });
});
