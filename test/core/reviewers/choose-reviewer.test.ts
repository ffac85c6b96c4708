import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseReviewer, hasRoom, type ScoredCandidate } from '../../../src/core/reviewers/choose-reviewer.ts';
import type { CandidateState } from '../../../src/core/reviewers/score-candidate.ts';
import { candidate, situation } from './build-candidate.ts';

const chosenOf = (candidates: readonly CandidateState[], given = {}): string | null => {
  const choice = chooseReviewer(candidates, situation(given));
  return choice.kind === 'chosen' ? choice.login : null;
};

describe('who is asked', () => {
  const better: readonly (readonly [string, Partial<CandidateState>])[] = [
    ['has less waiting', { backlog: 0 }],
    ['has not just reviewed a lot', { overdrawn: 0 }],
    ['is at work', { hoursUntilWork: 0 }],
    ['was used less over the weeks', { utilisation: 0.3 }],
    ['knows the change', { familiarity: 0.6 }],
    ['is not the only one for other things', { scarcity: 0 }],
    ['has not gone silent', { silence: 0 }],
  ];
  const worse: Partial<CandidateState> = {
    backlog: 2,
    overdrawn: 1,
    hoursUntilWork: 15,
    utilisation: 0.7,
    familiarity: 0.1,
    scarcity: 0.5,
    silence: 0.5,
  };
  test.each(better)('of two people who differ in nothing else, the one who %s', (_, difference) => {
    const [field = ''] = Object.keys(difference);
    const other = Object.fromEntries(Object.entries(worse).filter(([name]) => name === field));
    expect(chosenOf([candidate({ login: 'ravi', ...other }), candidate({ login: 'noor', ...difference })])).toBe(
      'noor',
    );
  });

  test('is whoever gets through the backlog sooner, not whoever has fewer requests', () => {
    const slow = candidate({ login: 'lena', pace: 0.2, open: 1, backlog: 1 });
    const fast = candidate({ login: 'tomas', pace: 4, open: 3, backlog: 3, capacity: 6 });
    expect(chosenOf([slow, fast])).toBe('tomas');
  });

  test('is nobody without the capability while somebody has it, even if that one is full', () => {
    const able = candidate({ login: 'noor', open: 2, backlog: 9 });
    const free = candidate({ login: 'ravi', hasCapability: false });
    expect(chooseReviewer([able, free], situation()).kind).toBe('queued');
    expect(chosenOf([free])).toBe('ravi');
  });

  test('is settled by the seed where all is equal, whatever the order in which people were read', () => {
    const people = ['kim', 'ravi', 'noor'].map((login) => candidate({ login }));
    const all = Array.from({ length: 60 }, (_, seed) => chosenOf(people, { seed }));
    expect(new Set(all)).toEqual(new Set(['kim', 'ravi', 'noor']));
    expect(all).toEqual(all.map((_, seed) => chosenOf(people.toReversed(), { seed })));
  });

  test('counts a utilisation that nobody knows as that of the others', () => {
    const [used, fresh, unknown] = [0.8, 0.2, null].map((utilisation, place) =>
      candidate({ login: `u${place}`, utilisation }),
    );
    const choice = chooseReviewer(
      [used, unknown, fresh].flatMap((one) => one ?? []),
      situation(),
    );
    expect(choice.scored.map(({ login, parts }) => [login, parts.fairness])).toEqual([
      ['u1', expect.closeTo(0.2 * 200)],
      ['u2', expect.closeTo(0.5 * 200)],
      ['u0', expect.closeTo(0.8 * 200)],
    ]);
  });
});

describe('the soft cap', () => {
  test('holds a new request back from who is full', () => {
    expect(chooseReviewer([candidate({ open: 2, capacity: 2 })], situation()).kind).toBe('queued');
  });

  test.each([
    ['is late by a whole SLA', { ageOverSla: 2 }],
    ['waits among many that nobody has', { overload: 2 }],
  ])('lets one more through that %s', (_, given) => {
    expect(chosenOf([candidate({ open: 2, capacity: 2 })], given)).toBe('kim');
  });

  test('gives way by one for every SLA that a request is late, up to four', () => {
    const most = (capacity: number, ageOverSla: number): number =>
      Array.from({ length: 20 }, (_, open) => open).filter((open) =>
        hasRoom({ open, capacity, hoursSinceReturn: null }, situation({ ageOverSla })),
      ).length;
    expect([0, 1, 1.9, 2, 3, 4, 9].map((age) => most(1, age))).toEqual([1, 1, 1, 2, 3, 4, 5]);
    expect([1.9, 2, 3, 4, 9].map((age) => most(2, age))).toEqual([2, 3, 4, 5, 6]);
    expect([1, 2, 5].map((age) => most(8, age))).toEqual([8, 9, 12]);
    expect([most(1, 12), most(0, 100)]).toEqual([5, 0]);
  });

  test('is half as high just after an absence, and never below one', () => {
    const room = (open: number, hoursSinceReturn: number | null, capacity = 4): boolean =>
      hasRoom({ open, capacity, hoursSinceReturn }, situation());
    expect([room(2, 10), room(1, 10), room(2, 100), room(3, null), room(0, 10, 1)]).toEqual([
      false,
      true,
      true,
      true,
      true,
    ]);
  });

  test('without candidates there is nobody', () => {
    expect(chooseReviewer([], situation())).toEqual({ kind: 'nobody', scored: [] });
  });
});

const anybody = fc.record({
  login: fc.string({ minLength: 1, maxLength: 4 }),
  backlog: fc.double({ min: 0, max: 50, noNaN: true }),
  overdrawn: fc.double({ min: -2, max: 5, noNaN: true }),
  open: fc.nat(30),
  pace: fc.double({ min: 0.05, max: 8, noNaN: true }),
  capacity: fc.integer({ min: 1, max: 12 }),
  hoursUntilWork: fc.nat(80),
  utilisation: fc.option(fc.double({ min: 0, max: 3, noNaN: true })),
  familiarity: fc.double({ min: 0, max: 1, noNaN: true }),
  hasCapability: fc.boolean(),
  silence: fc.double({ min: 0, max: 1, noNaN: true }),
  hoursSinceReturn: fc.option(fc.nat(200)),
  scarcity: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyone = fc.uniqueArray(anybody, { selector: ({ login }) => login, maxLength: 12 });
const anySituation = fc.record({
  effort: fc.double({ min: 0.6, max: 3, noNaN: true }),
  ageOverSla: fc.double({ min: 0, max: 10, noNaN: true }),
  overload: fc.double({ min: 0, max: 3, noNaN: true }),
  seed: fc.integer(),
});

describe('whoever the people are', () => {
  test('the same seed makes the same choice, in any order of reading', () => {
    fc.assert(
      fc.property(anyone, anySituation, (people, given) => {
        expect(chooseReviewer(people.toReversed(), given)).toEqual(chooseReviewer(people, given));
      }),
    );
  });

  test('nothing waits while somebody with the capability has room', () => {
    fc.assert(
      fc.property(anyone, anySituation, (people, given) => {
        const able = people.some(({ hasCapability }) => hasCapability)
          ? people.filter(({ hasCapability }) => hasCapability)
          : people;
        const isFree = able.some((one) => hasRoom(one, given));
        expect(chooseReviewer(people, given).kind).toBe(people.length === 0 ? 'nobody' : isFree ? 'chosen' : 'queued');
      }),
    );
  });

  test('a request that waits long enough gets somebody, however full everybody is', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anybody, { selector: ({ login }) => login, minLength: 1 }), (people) => {
        expect(chooseReviewer(people, situation({ ageOverSla: 600 })).kind).toBe('chosen');
      }),
    );
  });

  test('the parts of every candidate add up to the score by which they are in order', () => {
    fc.assert(
      fc.property(anyone, anySituation, (people, given) => {
        const { scored } = chooseReviewer(people, given);
        for (const { parts, score } of scored)
          expect(score).toBeCloseTo(
            Object.values(parts).reduce((sum, part) => sum + part, 0),
            9,
          );
        const rank = ({ hasRoom: room, hasCapability, score }: ScoredCandidate): readonly number[] => [
          hasCapability ? 0 : 1,
          room ? 0 : 1,
          score,
        ];
        const ranks = scored.map(rank);
        expect(ranks).toEqual(
          ranks.toSorted(
            ([able = 0, free = 0, score = 0], [able2 = 0, free2 = 0, score2 = 0]) =>
              able - able2 || free - free2 || score - score2,
          ),
        );
      }),
    );
  });
});
