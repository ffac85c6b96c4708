import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseForAll } from '../../../src/core/reviewers/choose-for-all.ts';
import type { Reviewer, ReviewRequest } from '../../../src/core/reviewers/review-facts.ts';
import { ungivenReviews } from '../../../src/core/reviewers/ungiven-reviews.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS = { now: NOW, slaSeconds: 172_800, queued: 0, seed: 0, assigns: false, count: 1, spared: () => 0 };

const hoursAgo = (hours: number): string => new Date(Date.parse(NOW) - hours * 3_600_000).toISOString();

/** Due two days after its opening. */
const opened = (number: number, hours: number, more: Parameters<typeof reviewRequest>[0] = {}): ReviewRequest =>
  reviewRequest({ ref: ref(number), openedAt: hoursAgo(hours), dueAt: hoursAgo(hours - 48), ...more });

const queue = (requests: readonly ReviewRequest[], reviewers: readonly Reviewer[], more = {}) => {
  const options = { ...OPTIONS, ...more };
  return ungivenReviews(chooseForAll(requests, reviewers, options), { ...options, reviewers }).map(
    ({ request, ...told }) => ({ number: request.ref.number, ...told }),
  );
};

const full = (login: string, more: Partial<Reviewer> = {}): Reviewer =>
  reviewer(login, { capacity: { value: 1, basis: 'configured' }, waiting: waiting(1), ...more });

const AVAILABLE = { missing: 1, why: 'nobody is available for it now', isReviewable: true };

test('what nobody has room for waits, what one alone can review first, then the latest for its size, with what it needs', () => {
  const people = [full('kim'), full('noor', { capability: ['octo/tides'] })];
  const requests = [
    opened(1, 3),
    opened(2, 20, { needs: ['octo/tides'] }),
    opened(3, 40, { effort: 2 }),
    opened(4, 30),
  ];
  expect(queue(requests, people)).toEqual([
    { number: 2, needs: ['octo/tides'], ...AVAILABLE },
    { number: 4, needs: [], ...AVAILABLE },
    { number: 1, needs: [], ...AVAILABLE },
    { number: 3, needs: [], ...AVAILABLE },
  ]);
});

test('what could be given out now does not wait, and neither do drafts and what has its reviewer', () => {
  const taken = opened(2, 9, { standing: { askedByPerson: ['kim'] } });
  expect(queue([opened(1, 9), taken, opened(3, 9, { isDraft: true })], [reviewer('noor'), full('kim')])).toEqual([]);
});

test('a capability that somebody who is at it has is not needed any more', () => {
  const needs = { needs: ['api', 'db'], standing: { askedByUs: ['kim'] } };
  const people = [full('kim', { capability: ['api'] }), full('noor', { capability: ['db'] })];
  expect(queue([opened(1, 9, needs)], people, { count: 2 })).toEqual([{ number: 1, needs: ['db'], ...AVAILABLE }]);
});

test('a capability that somebody who is chosen now has is not needed any more', () => {
  const people = [reviewer('kim', { capability: ['api'] }), full('noor', { capability: ['db'] })];
  expect(queue([opened(1, 9, { needs: ['api', 'db'] })], people, { count: 2 })).toEqual([
    { number: 1, needs: ['db'], ...AVAILABLE },
  ]);
});

test('what nobody can review waits for no room', () => {
  expect(queue([opened(1, 9, { needs: ['db'] })], [reviewer('noor')])).toEqual([
    {
      ...{ number: 1, needs: ['db'], missing: 1, isReviewable: false },
      why: 'nobody who may be asked is known to have what it asks for: db',
    },
  ]);
});

test('who is away, who is full and who said that nothing may wait for them leave the same queue', () => {
  const absences = [{ from: '2026-01-01T00:00:00Z', until: null, level: 'off' as const }];
  const needed = { capability: ['db'], capacity: { value: 1, basis: 'configured' as const } };
  const requests = [opened(1, 9, { needs: ['db'] }), opened(2, 40, { needs: ['db'] }), opened(3, 30)];
  const left = (noor: Partial<Reviewer>) => queue(requests, [full('kim'), reviewer('noor', { ...needed, ...noor })]);
  expect(left({ absences })).toEqual(left({ waiting: waiting(1) }));
  expect(left({ ownCapacity: 0 })).toEqual(left({ waiting: waiting(1) }));
  expect(left({ absences }).map(({ number }) => number)).toEqual([2, 1, 3]);
});

test('whoever gets room is given the first of the queue that they may review', () => {
  const tags = fc.subarray(['api', 'db']);
  const scene = fc.record({
    asks: fc.array(fc.record({ hours: fc.nat(95), effort: fc.double({ min: 0.6, max: 2, noNaN: true }), tags }), {
      minLength: 1,
      maxLength: 8,
    }),
    people: fc.array(tags, { minLength: 1, maxLength: 4 }),
    freed: fc.nat(3),
  });
  fc.assert(
    fc.property(scene, ({ asks, people, freed }) => {
      // One need at most: who has one of several is not all that such a request waits for.
      const requests = asks.map((one, index) =>
        opened(index + 1, one.hours, { effort: one.effort, needs: one.tags.slice(0, 1) }),
      );
      const busy = people.map((capability, index) => full(`p${index}`, { capability, waiting: waiting(40) }));
      const place = freed % busy.length;
      const able = busy[place]?.capability ?? [];
      const first = queue(requests, busy).find(({ needs }) => needs.every((need) => able.includes(need)));
      // Less than one SLA late, nothing softens a cap of one to two.
      const room = busy.map((one, index) => (index === place ? { ...one, waiting: [] } : one));
      const given = chooseForAll(requests, room, OPTIONS).filter(({ chosen }) => chosen.length > 0);
      expect(given.map(({ request }) => request.ref.number)).toEqual(first === undefined ? [] : [first.number]);
    }),
  );
});
