import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildReviewModel } from '../../../src/core/reviewers/build-review-model.ts';
import { chooseForAll, type ForAllOptions } from '../../../src/core/reviewers/choose-for-all.ts';
import { countQueued } from '../../../src/core/reviewers/count-queued.ts';
import type { PullReviews } from '../../../src/core/reviewers/pull-reviews.ts';
import { rankReviewers } from '../../../src/core/reviewers/rank-reviewers.ts';
import { NOTHING_KEPT_OF_REVIEWS } from '../../../src/core/reviewers/review-base.ts';
import type { ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { ref } from '../build-facts.ts';
import { asked, NOW, options, pull, removed, snapshot } from './build-pull-reviews.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS: ForAllOptions = {
  now: NOW,
  slaSeconds: 2 * 86_400,
  count: 1,
  spared: () => 0,
  queued: 0,
  seed: 0,
  assigns: true,
};

/** Number, whom to ask, how many are missing. */
const choose = (
  open: readonly PullReviews[],
  { more = {}, given = {} }: { more?: Partial<ForAllOptions>; given?: Parameters<typeof options>[1] } = {},
) => {
  const { requests, reviewers } = buildReviewModel(snapshot({ open }), options({ capacity: 2 }, given));
  return chooseForAll(requests, reviewers, { ...OPTIONS, ...more }).map(
    ({ request, chosen, missing }): [number, readonly string[], number] => [
      request.ref.number,
      chosen.map(({ login }) => login).sort(),
      missing,
    ],
  );
};

test('a backlog is given out at once: nobody gets more than there is room for, and the rest waits', () => {
  const given = choose([1, 2, 3, 4, 5, 6, 7].map((number) => pull(number)));
  const logins = given.flatMap(([, chosen]) => chosen);
  const count = (login: string): number => logins.filter((one) => one === login).length;
  expect(['kim', 'lena', 'noor', 'ravi'].map(count)).toEqual([0, 2, 2, 2]);
  expect(given.map(([, , missing]) => missing)).toEqual([0, 0, 0, 0, 0, 0, 1]);
});

test('a small request goes before a large one of the same age, where there is room for one', () => {
  const open = [pull(1, { changedLines: 4000 }), pull(2, { changedLines: 4 })];
  const absent = [{ from: '2026-03-01T00:00:00Z', until: null, level: 'off' as const }];
  const absences = new Map(['ravi', 'lena'].map((login) => [login, absent]));
  const given = { kept: { ...NOTHING_KEPT_OF_REVIEWS, absences, capacities: new Map([['noor', 1]]) } };
  expect(choose(open, { given })).toEqual([
    [1, [], 1],
    [2, ['noor'], 0],
  ]);
});

test('the last place of who alone can review something is for that, unless something else is much later', () => {
  const [kim, noor] = [
    reviewer('kim', { waiting: waiting(4) }),
    reviewer('noor', { waiting: waiting(3), capability: ['db'] }),
  ];
  const opened = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();
  const given = (hours: number): readonly (readonly string[])[] => {
    const familiarity = new Map([['noor', 1]]);
    const anybody = reviewRequest({ ref: ref(210), familiarity, openedAt: opened(hours), dueAt: opened(hours - 48) });
    const database = reviewRequest({ ref: ref(211), openedAt: opened(1), dueAt: opened(-47), needs: ['db'] });
    return chooseForAll([anybody, database], [kim, noor], OPTIONS).map(({ chosen }) =>
      chosen.map(({ login }) => login),
    );
  };
  expect([given(2), given(40)]).toEqual([
    [[], ['noor']],
    [[], ['noor']],
  ]);
  expect(given(60)).toEqual([['noor'], []]);
});

test('whose absence has no end leaves the room of the others as it is', () => {
  const away = [{ from: '2026-03-01T00:00:00Z', until: null, level: 'off' as const }];
  const absences = new Map(['ravi', 'lena'].map((login) => [login, away]));
  const given = { kept: { ...NOTHING_KEPT_OF_REVIEWS, absences } };
  const chosen = choose(
    [1, 2, 3, 4].map((number) => pull(number)),
    { given },
  );
  expect(chosen.map(([, logins, missing]) => [logins, missing])).toEqual([
    [['noor'], 0],
    [['noor'], 0],
    [[], 1],
    [[], 1],
  ]);
});

test('what is over its time may go beyond the room that there is', () => {
  const old = [1, 2, 3, 4, 5, 6, 7].map((number) => pull(number, { openedAt: '2026-02-18T10:00:00Z' }));
  expect(choose(old).map(([, , missing]) => missing)).toEqual([0, 0, 0, 0, 0, 0, 0]);
});

/** Requests of so many days, due two days after their opening. */
const aged = (days: number, number: number): ReviewRequest => {
  const at = (day: number) => new Date(Date.parse(NOW) - day * 86_400_000).toISOString();
  return reviewRequest({ ref: ref(number), openedAt: at(days), dueAt: at(days - 2) });
};

test('an old request goes beyond the room there is for itself alone', () => {
  const people = ['noor', 'lena'].map((login) =>
    reviewer(login, { capacity: { value: 1, basis: 'configured' }, waiting: waiting(1) }),
  );
  const young = Array.from({ length: 8 }, (_, index) => aged(3, index + 1));
  const missing = (requests: readonly ReviewRequest[]) =>
    chooseForAll(requests, people, OPTIONS).flatMap((one) => (one.missing > 0 ? [one.request.ref.number] : []));
  expect(missing(young)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(missing([...young, aged(400, 9)])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

test('nobody gets more than the cap allows for the age of each, and nothing waits for whom there is room', () => {
  const person = fc.record({ open: fc.nat(3), capacity: fc.integer({ min: 1, max: 4 }) });
  const days = fc.oneof(fc.nat(3), fc.integer({ min: 10, max: 400 }));
  const scene = fc.record({
    people: fc.array(person, { minLength: 1, maxLength: 4 }),
    ages: fc.array(days, { minLength: 1, maxLength: 12 }),
    count: fc.integer({ min: 1, max: 2 }),
    queued: fc.nat(12),
  });
  fc.assert(
    fc.property(scene, ({ people, ages, count, queued }) => {
      const reviewers = people.map(({ open, capacity }, index) =>
        reviewer(`p${index}`, { capacity: { value: capacity, basis: 'configured' }, waiting: waiting(open) }),
      );
      const requests = ages.map((age, index) => aged(age, index + 1));
      const given = { ...OPTIONS, count, queued };
      const choices = chooseForAll(requests, reviewers, given);
      for (const { login, waiting: open } of reviewers) {
        const caps = choices.flatMap(({ chosen }) => chosen.filter((one) => one.login === login).map(({ cap }) => cap));
        for (const [place, cap] of caps.sort((one, other) => one - other).entries())
          expect(open.length + place + 1).toBeLessThanOrEqual(cap);
        for (const { request, chosen } of choices.filter((one) => one.missing > 0)) {
          const isAt = chosen.some((one) => one.login === login);
          const cap = rankReviewers(request, reviewers, given).candidates.find((one) => one.login === login)?.cap ?? 0;
          expect(isAt || open.length + caps.length >= cap).toBe(true);
        }
      }
    }),
  );
});

test('what depends on a person alone is worked out once, however many requests there are', () => {
  let looks = 0;
  const { rhythm, ...others } = reviewer('kim');
  const watched = Object.defineProperty({ ...others, rhythm }, 'rhythm', {
    get: () => {
      looks += 1;
      return rhythm;
    },
  });
  const requests = Array.from({ length: 20 }, (_, index) => aged(1, index + 1));
  expect(chooseForAll(requests, [watched, reviewer('noor')], OPTIONS)).toHaveLength(20);
  expect(looks).toBe(1);
});

test('drafts, updates of dependencies and what has its reviewers get nobody and miss nobody', () => {
  const open = [
    pull(1, { isDraft: true }),
    pull(2, { author: 'dependabot' }),
    pull(3, { asked: ['ravi'], steps: [asked('ravi', NOW)] }),
    pull(4, { reviews: [{ login: 'noor', isBot: false, at: NOW, state: 'commented' }] }),
    pull(5),
  ];
  expect(choose(open, { more: { spared: ({ ref }) => (ref.number === 5 ? 1 : 0) } })).toEqual([
    [1, [], 0],
    [2, [], 0],
    [3, [], 0],
    [4, [], 0],
    [5, [], 0],
  ]);
});

test('what finds no room waits, and has the cap give way on a list that is too long', () => {
  const open = [pull(1, { isDraft: true }), ...[2, 3, 4, 5, 6, 7, 8].map((number) => pull(number))];
  const { requests, reviewers } = buildReviewModel(snapshot({ open }), options({ capacity: 2 }));
  const queuedOf = (some: typeof requests) => countQueued(some, reviewers, OPTIONS);
  expect([queuedOf(requests), queuedOf(requests.slice(0, 7))]).toEqual([1, 0]);
  const missing = (more: number) => choose(open, { more: { queued: more } }).filter(([, , one]) => one > 0).length;
  expect([missing(0), missing(1), missing(21)]).toEqual([1, 1, 0]);
  expect(countQueued(requests, [], OPTIONS)).toBe(0);
});

test('who was asked by a person counts, and the other reviewer is found; who was taken off is not asked again', () => {
  const steps = [asked('ravi', NOW), asked('lena', NOW), removed('lena', NOW)];
  expect(choose([pull(1, { asked: ['ravi'], steps })], { more: { count: 2 } })).toEqual([[1, ['noor'], 0]]);
});

test('nobody who is away is asked, and where nobody is left somebody is missing', () => {
  const away = [{ from: '2026-03-01T00:00:00Z', until: null, level: 'off' as const }];
  const absent = (...logins: string[]) => ({
    kept: { ...NOTHING_KEPT_OF_REVIEWS, absences: new Map(logins.map((login) => [login, away])) },
  });
  expect(choose([pull(1)], { given: absent('ravi', 'lena') })).toEqual([[1, ['noor'], 0]]);
  expect(choose([pull(1)], { given: absent('ravi', 'lena', 'noor') })).toEqual([[1, [], 1]]);
});

test('who turned out to have no room is passed over, and what nobody is left for may yet be asked of them', () => {
  const { requests, reviewers } = buildReviewModel(snapshot({ open: [pull(1), pull(2)] }), options({ capacity: 2 }));
  const chosen = (...out: string[]) => {
    const passedOver = ({ ref }: { ref: { number: number } }) => (ref.number === 1 ? out : []);
    const [first] = chooseForAll(requests, reviewers, { ...OPTIONS, passedOver });
    return { logins: first?.chosen.map(({ login }) => login), missing: first?.missing, isHopeful: first?.isHopeful };
  };
  const [only] = chosen('ravi', 'lena').logins ?? [];
  expect(only).toBe('noor');
  expect(chosen('ravi', 'lena', 'noor')).toEqual({ logins: [], missing: 1, isHopeful: true });
});

test('what nobody can be asked for is hopeless', () => {
  const { requests, reviewers } = buildReviewModel(snapshot({ open: [pull(1)] }), options({ capacity: 2 }));
  const nobody = reviewers.filter(({ login }) => login === 'kim');
  expect(chooseForAll(requests, nobody, OPTIONS)).toMatchObject([{ chosen: [], missing: 1, isHopeful: false }]);
});
