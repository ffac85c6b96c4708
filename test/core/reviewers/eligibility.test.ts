import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { assessEligibility, type EligibilitySituation, waitsForRoom } from '../../../src/core/reviewers/eligibility.ts';
import { hoursSinceAbsence } from '../../../src/core/reviewers/is-away.ts';
import type { Absence, Ineligible, Reviewer, ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { reviewerNow } from '../../../src/core/reviewers/reviewer-now.ts';
import { NOW } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const SITUATION: EligibilitySituation = { ageOverSla: 0, overload: 0, assigns: false };

function reasonsOf(
  request: ReviewRequest,
  person: Reviewer,
  { now = NOW, ...situation }: Partial<EligibilitySituation> & { readonly now?: string } = {},
) {
  const eligibility = assessEligibility(request, reviewerNow(person, now), { ...SITUATION, ...situation });
  return eligibility.isEligible ? [] : eligibility.reasons;
}

const absence = (from: string, until: string | null, level: Absence['level'] = 'off'): Absence => ({
  from,
  until,
  level,
});

describe('somebody is not asked', () => {
  const kim = reviewer('Kim');
  test.each<[string, ReviewRequest, Reviewer, readonly Ineligible[]]>([
    ['as the author', reviewRequest({ authors: ['kim', 'noor'] }), kim, ['author']],
    ['as a co-author', reviewRequest({ authors: ['noor', 'kim'] }), kim, ['co_author']],
    ['after a conflict', reviewRequest({ standing: { declined: new Map([['kim', 'conflict']]) } }), kim, ['conflict']],
    ['after declining', reviewRequest({ standing: { declined: new Map([['kim', 'too-busy']]) } }), kim, ['declined']],
    ['without a capability', reviewRequest({ needs: ['database'] }), kim, ['missing_capability']],
    ['who a person asked', reviewRequest({ standing: { askedByPerson: ['kim'] } }), kim, ['asked_before']],
    ['who we asked', reviewRequest({ standing: { askedByUs: ['kim'] } }), kim, ['asked_before']],
    ['who a person took off', reviewRequest({ standing: { removedByPerson: ['kim'] } }), kim, ['asked_before']],
    ['who a bot took off', reviewRequest({ standing: { removedByBot: ['kim'] } }), kim, ['asked_before']],
    ['who reviewed', reviewRequest({ standing: { reviewed: ['kim'] } }), kim, ['asked_before']],
    ['who handed it on', reviewRequest({ standing: { handedOffFrom: ['kim'] } }), kim, ['asked_before']],
    ['who has no access', reviewRequest(), reviewer('kim', { hasAccess: false }), ['no_access']],
    ['who is full', reviewRequest(), reviewer('kim', { waiting: waiting(4) }), ['at_capacity']],
    ['who is away', reviewRequest(), reviewer('kim', { absences: [absence(NOW, null)] }), ['away']],
    [
      'for several reasons, in one order',
      reviewRequest({ needs: ['api'], standing: { askedByUs: ['kim'] } }),
      reviewer('kim', { waiting: waiting(5), absences: [absence(NOW, null)] }),
      ['missing_capability', 'away', 'at_capacity', 'asked_before'],
    ],
  ])('%s', (_, request, person, reasons) => {
    expect(reasonsOf(request, person)).toEqual(reasons);
  });

  test('and everybody else may be, with one of the capabilities', () => {
    const request = reviewRequest({ needs: ['api', 'database'] });
    const person = reviewer('kim', { capability: ['database'], waiting: waiting(3) });
    expect(assessEligibility(request, reviewerNow(person, NOW), SITUATION)).toEqual({ login: 'kim', isEligible: true });
  });
});

describe('an agent’s pull request', () => {
  const request = reviewRequest({ agent: 'Builder', authors: ['ravi', 'lena'] });
  const of = (login: string, agent = 'Builder') => reasonsOf({ ...request, agent }, reviewer(login));

  test('may be reviewed by neither the account that opened it nor people who wrote some of it', () => {
    expect([of('ravi'), of('lena'), of('kim')]).toEqual([['author'], ['co_author'], []]);
  });

  test('may not be reviewed by an account of the same agent, whoever opened it', () => {
    expect([of('builder'), of('builder', '@builder'), of('builder', 'builder[bot]')]).toEqual(
      Array(3).fill(['same_agent']),
    );
    expect([of('builder', 'checker'), reasonsOf(reviewRequest(), reviewer('builder'))]).toEqual([[], []]);
  });

  test('that the agent opened under its own account has one author, told once', () => {
    expect(of('ravi', 'ravi')).toEqual(['author']);
  });
});

test('access that nobody could read is none where somebody is asked at once', () => {
  const unread = reviewer('kim', { hasAccess: null });
  expect(reasonsOf(reviewRequest(), unread, { assigns: true })).toEqual(['no_access']);
  expect(reasonsOf(reviewRequest(), unread, { assigns: false })).toEqual([]);
});

test('the cap softens with the age of the request and the overload', () => {
  const full = reviewer('kim', { waiting: waiting(4) });
  expect([
    reasonsOf(reviewRequest(), full, { ageOverSla: 9 }),
    reasonsOf(reviewRequest(), full, { overload: 9 }),
  ]).toEqual([[], []]);
});

test('who comes back from an absence gets half as much at first', () => {
  const back = reviewer('kim', {
    waiting: waiting(2),
    absences: [absence('2026-05-01T00:00:00Z', '2026-05-10T00:00:00Z')],
  });
  expect(reasonsOf(reviewRequest(), back)).toEqual(['at_capacity']);
  expect(reasonsOf(reviewRequest(), back, { now: '2026-05-14T00:00:00Z' })).toEqual([]);
});

describe('an absence', () => {
  const away = (...absences: readonly Absence[]) => reasonsOf(reviewRequest(), reviewer('kim', { absences }));

  test('keeps what is new away while it lasts, also where only the old is finished', () => {
    expect(away(absence('2026-05-10T12:00:00Z', '2026-05-10T12:00:01Z'))).toEqual(['away']);
    expect(away(absence('2026-05-01T00:00:00Z', null, 'finish_only'))).toEqual(['away']);
  });

  test('does nothing before it begins and from its end on', () => {
    expect(away(absence('2026-05-10T12:00:01Z', null))).toEqual([]);
    expect(hoursSinceAbsence([absence('2026-05-01T00:00:00Z', NOW)], NOW)).toBe(0);
    expect(hoursSinceAbsence([absence('2026-05-01T00:00:00Z', NOW), absence(NOW, null)], NOW)).toBeNull();
  });

  test.each<[string, string, string, number | null]>([
    ['one that ended at once', '2026-05-10T00:00:00Z', '2026-05-10T09:00:00Z', null],
    ['a day that is as long ago', '2026-05-08T12:00:00Z', '2026-05-09T12:00:00Z', null],
    ['a day', '2026-05-09T00:00:00Z', '2026-05-10T00:00:00Z', 12],
    ['two weeks', '2026-04-24T00:00:00Z', '2026-05-08T12:00:00Z', 48],
  ])('leaves as much to catch up on as it lasted: %s', (_, from, until, hours) => {
    expect(hoursSinceAbsence([absence(from, until)], '2026-05-10T12:00:00Z')).toBe(hours);
  });
});

test('a place in the queue waits for who is only full', () => {
  const of = (person: Reviewer) =>
    waitsForRoom(assessEligibility(reviewRequest(), reviewerNow(person, NOW), SITUATION));
  const full = { waiting: waiting(4) };
  expect([of(reviewer('kim', full)), of(reviewer('kim')), of(reviewer('ravi', full))]).toEqual([true, false, false]);
});

test('whoever declined, was taken off, wrote it or is away is never eligible, whatever else holds', () => {
  const against = fc.constantFrom<Parameters<typeof reviewRequest>[0]>(
    { standing: { declined: new Map([['kim', 'not-mine']]) } },
    { standing: { removedByPerson: ['kim'] } },
    { standing: { askedByUs: ['kim'] } },
    { authors: ['kim'] },
  );
  const situation = fc.record({
    now: fc.constant(NOW),
    ageOverSla: fc.double({ min: 0, max: 9, noNaN: true }),
    overload: fc.double({ min: 0, max: 9, noNaN: true }),
    assigns: fc.boolean(),
  });
  fc.assert(
    fc.property(against, situation, fc.nat(6), (input, given, open) => {
      const person = reviewer('KIM', { waiting: waiting(open) });
      expect(assessEligibility(reviewRequest(input), reviewerNow(person, NOW), given).isEligible).toBe(false);
      const gone = reviewer('kim', { waiting: waiting(open), absences: [absence(NOW, null, 'finish_only')] });
      expect(assessEligibility(reviewRequest(), reviewerNow(gone, NOW), given).isEligible).toBe(false);
    }),
  );
});
