import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseReviewer, type ScoredCandidate } from '../../../src/core/reviewers/choose-reviewer.ts';
import { assessEligibility } from '../../../src/core/reviewers/eligibility.ts';
import { explainChoice } from '../../../src/core/reviewers/explain-choice.ts';
import { fullAsKnown } from '../../../src/core/reviewers/full-as-known.ts';
import type { Reviewer, ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { reviewerNow } from '../../../src/core/reviewers/reviewer-now.ts';
import { NOW } from '../build-facts.ts';
import { candidate } from './build-candidate.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const AWAY = { absences: [{ from: '2026-05-01T00:00:00Z', until: '2026-06-01T00:00:00Z', level: 'off' }] } as const;
const FULL = { waiting: waiting(4) };
const SCORES = { wait: 20.4, effort: 11, fairness: 1, expertise: 0, scarcity: 0, silence: 3 };

const scoredAs = (login: string, score = 35.4): ScoredCandidate => ({
  login,
  parts: SCORES,
  score,
  hasRoom: true,
  hasCapability: true,
});

const FULL_OPTIONS = { now: NOW, slaSeconds: 172_800, seed: 0, assigns: false, count: 1, spared: () => 0 };

interface Given {
  readonly chosen?: readonly string[];
  readonly viewer?: string | null;
  readonly request?: ReviewRequest;
  readonly missing?: number;
}

function explain(
  reviewers: readonly Reviewer[],
  { chosen = [], viewer = null, request = reviewRequest(), missing = 1 - chosen.length }: Given = {},
) {
  const situation = { ageOverSla: 0, overload: 0, assigns: false };
  const eligibilities = reviewers.map((one) => assessEligibility(request, reviewerNow(one, NOW), situation));
  const scored = eligibilities.filter(({ isEligible }) => isEligible).map(({ login }) => scoredAs(login));
  const full = fullAsKnown(request, { requests: [request], reviewers }, FULL_OPTIONS);
  return explainChoice({ request, reviewers, eligibilities, scored, chosen, missing, viewer, full });
}

const texts = (...args: Parameters<typeof explain>) =>
  Object.fromEntries(explain(...args).map(({ login, text }) => [login, text]));

describe('an explanation', () => {
  const request = reviewRequest({ familiarity: new Map([['kim', 0.4]]) });

  test('tells of who was chosen every part of the score, and of the others what all can count', () => {
    const people = [reviewer('noor', { utilisation: 0.7 }), reviewer('Kim', { waiting: waiting(2) })];
    expect(explain(people, { chosen: ['kim'], request })).toEqual([
      {
        login: 'Kim',
        kind: 'chosen',
        reasons: [],
        load: { waiting: 2, capacity: 4, backlogDays: 2, familiarity: 0.4, utilisation: null },
        score: { parts: SCORES, total: 35.4 },
        text: 'chosen: 2 of 4 waiting (2.0 working days), knows 40 % of the change; score 35 = 20 h until what waits is done + 11 for the change itself + 1 as for the others, no record being known + 3 for having been silent',
      },
      {
        login: 'noor',
        kind: 'passed_over',
        reasons: [],
        load: { waiting: 0, capacity: 4, backlogDays: 0, familiarity: 0, utilisation: 0.7 },
        score: null,
        text: 'others come first: 0 of 4 waiting, knows 0 % of the change, 70 % of the usual pace taken up of late',
      },
    ]);
  });

  test.each([
    ['the next working hours, where nothing waits', {}, '20 h until the next working hours'],
    ['what was done ahead', { overdrawn: 1 }, '20 h until what was done ahead is made up for'],
    ['what was taken on of late', { utilisation: 0.7 }, '1 for what was taken on of late'],
    ["GitHub's own busy status", { isBusy: true }, '3 for being busy, as GitHub says'],
  ])('names a part of the score for what it is: %s', (_, more, words) => {
    expect(texts([reviewer('kim', more)], { chosen: ['kim'] }).kim).toContain(words);
  });

  test('adds up as it is printed', () => {
    const part = fc.double({ min: 0, max: 300, noNaN: true });
    const parts = fc.record({
      ...{ wait: part, effort: part, fairness: part, expertise: part, scarcity: part, silence: part },
    });
    fc.assert(
      fc.property(parts, (given) => {
        const scored = [{ ...scoredAs('kim'), parts: given }];
        const [kim] = explainChoice({
          ...{
            request,
            reviewers: [reviewer('kim')],
            scored,
            chosen: ['kim'],
            missing: 0,
            viewer: null,
            full: new Set(),
          },
          eligibilities: [{ login: 'kim', isEligible: true }],
        });
        const [total, ...numbers] = [...(kim?.text.split('score ')[1] ?? '').matchAll(/\d+/g)].map(([text]) =>
          Number(text),
        );
        expect(numbers.reduce((sum, number) => sum + number, 0)).toBe(numbers.length === 0 ? 0 : total);
      }),
    );
  });

  test('says of nobody that others come first where nobody is wanted', () => {
    expect(texts([reviewer('kim'), reviewer('noor')], { missing: 0 })).toEqual({
      kim: 'not asked: 0 of 4 waiting, knows 0 % of the change',
      noor: 'not asked: 0 of 4 waiting, knows 0 % of the change',
    });
  });

  test('tells why somebody may not be asked', () => {
    const given = reviewRequest({
      agent: 'builder',
      authors: ['zoe', 'lena'],
      needs: ['api', 'database'],
      standing: {
        askedByUs: ['noor'],
        reviewed: ['ravi'],
        removedByPerson: ['tomas'],
        removedByBot: ['xena'],
        handedOffFrom: ['uma'],
        declined: new Map([
          ['vera', 'conflict'],
          ['wim', 'not-mine'],
        ]),
      },
    });
    const able = { capability: ['api'] };
    const people = ['zoe', 'lena', 'noor', 'ravi', 'tomas', 'uma', 'vera', 'wim', 'xena'].map((login) =>
      reviewer(login, able),
    );
    const others = [reviewer('kim'), reviewer('builder', able), reviewer('yan', { ...able, hasAccess: false })];
    expect(texts([...people, ...others], { request: given })).toEqual({
      builder: 'is builder, which wrote it',
      kim: 'has none of what it needs (api, database)',
      zoe: 'opened it for builder',
      lena: 'wrote some of it',
      noor: 'is asked already',
      ravi: 'has reviewed it',
      tomas: 'was taken off by a person',
      uma: 'was named or asked before, and then others were looked for',
      vera: 'said to have a conflict of interest',
      wim: 'declined it (not-mine)',
      xena: 'was taken off by a bot',
      yan: 'has no access',
    });
  });

  test('tells the reader everything of the reader', () => {
    const people = [reviewer('kim', { ...AWAY, ...FULL }), reviewer('noor'), reviewer('lena')];
    expect(texts(people, { viewer: 'Kim', chosen: ['noor'] }).kim).toBe('you are away; is full: 4 of 4 waiting');
    expect(explain(people, { viewer: 'lena', chosen: ['noor'] }).find(({ login }) => login === 'lena')?.score).toEqual({
      parts: SCORES,
      total: 35.4,
    });
  });

  test('says where access could not be read', () => {
    expect(texts([reviewer('kim', { hasAccess: null })], { chosen: ['kim'] }).kim).toContain(
      'whether this person has access could not be read',
    );
  });

  test('names people in one order, whoever was read first', () => {
    const people = [
      reviewer('wim', FULL),
      reviewer('noor'),
      reviewer('Kim'),
      reviewer('ravi'),
      reviewer('lena', { hasAccess: false }),
    ];
    const order = (all: readonly Reviewer[]) => explain(all, { chosen: ['noor'] }).map(({ login }) => login);
    expect(order(people)).toEqual(['noor', 'Kim', 'wim', 'lena', 'ravi']);
    expect(order(people.toReversed())).toEqual(order(people));
  });
});

describe('an absence', () => {
  test('changes not a letter of what others read, where somebody else was passed over', () => {
    const others = [reviewer('noor'), reviewer('lena'), reviewer('tomas')];
    const read = (input: Partial<Reviewer>) => explain([reviewer('kim', input), ...others], { chosen: ['noor'] });
    const open = fc.integer({ min: 0, max: 3 });
    fc.assert(
      fc.property(open, (count) => {
        expect(read({ ...AWAY, waiting: waiting(count) })).toEqual(read({ waiting: waiting(count) }));
      }),
    );
  });

  test('reads like having said that nothing may wait, where nobody can be asked; no room that all can see is told', () => {
    const read = (input: Partial<Reviewer>) =>
      explain([reviewer('kim', input), reviewer('lena', FULL), reviewer('ravi')]);
    expect(read(AWAY)).toEqual(read({ ownCapacity: 0 }));
    expect(read({ ...AWAY, ...FULL })).toEqual(read(FULL));
    const load = { waiting: 4, capacity: 4, backlogDays: 4, familiarity: 0, utilisation: null };
    expect(read(AWAY).map((one) => [one.login, one.text, one.load])).toEqual([
      ['lena', 'has no room now: 4 of 4 waiting (4.0 working days), knows 0 % of the change', load],
      ['kim', 'not available now', null],
      ['ravi', 'wrote it', { waiting: 0, capacity: 4, backlogDays: 0, familiarity: 0, utilisation: null }],
    ]);
  });

  test('that has just ended does not show in being full with less', () => {
    const back = { absences: [{ from: '2026-05-01T00:00:00Z', until: '2026-05-09T12:00:00Z', level: 'off' }] } as const;
    const others = [reviewer('noor'), reviewer('lena')];
    const read = (input: Partial<Reviewer>) => explain([reviewer('kim', input), ...others], { chosen: ['noor'] });
    expect(read({ ...back, waiting: waiting(2) })).toEqual(read({ waiting: waiting(2) }));
  });
});

test('nobody who is not eligible is ever chosen, for whichever reason and seed', () => {
  const person = fc.record({
    login: fc.constantFrom('kim', 'lena', 'noor', 'ravi', 'tomas'),
    open: fc.nat(5),
    isAway: fc.boolean(),
    hasAccess: fc.boolean(),
  });
  const people = fc.uniqueArray(person, { selector: ({ login }) => login });
  const standing = fc.record({
    removedByPerson: fc.subarray(['lena', 'noor']),
    refused: fc.subarray(['kim', 'tomas']),
  });
  fc.assert(
    fc.property(people, standing, fc.nat(99), (all, { removedByPerson, refused }, seed) => {
      const declined = new Map(refused.map((login) => [login, 'too-busy' as const]));
      const request = reviewRequest({ standing: { removedByPerson, declined } });
      const situation = { ageOverSla: 0, overload: 0, assigns: true };
      const eligible = all
        .map(({ login, open, isAway, hasAccess }) =>
          reviewer(login, { hasAccess, waiting: waiting(open), absences: isAway ? AWAY.absences : [] }),
        )
        .filter((one) => assessEligibility(request, reviewerNow(one, NOW), situation).isEligible);
      const states = eligible.map(({ login, waiting: own }) => candidate({ login, open: own.length, capacity: 4 }));
      const choose = () => chooseReviewer(states, { effort: 1, ageOverSla: 0, overload: 0, seed });
      const choice = choose();
      expect(choose()).toEqual(choice);
      expect(choice.kind).toBe(eligible.length > 0 ? 'chosen' : 'nobody');
      if (choice.kind !== 'chosen') return;
      const own = all.find(({ login }) => login === choice.login);
      expect(own).toMatchObject({ isAway: false, hasAccess: true });
      expect(own?.open).toBeLessThan(4);
      expect([...removedByPerson, ...refused, 'ravi']).not.toContain(choice.login);
    }),
  );
});
