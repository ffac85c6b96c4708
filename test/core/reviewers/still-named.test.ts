import { expect, test } from 'vitest';
import type { Reviewer } from '../../../src/core/reviewers/review-facts.ts';
import { stillNamed } from '../../../src/core/reviewers/still-named.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS = { now: NOW, slaSeconds: 172_800, queued: 0, seed: 0, assigns: false, count: 1, spared: () => 0 };
const AWAY = [{ from: '2026-01-01T00:00:00Z', until: null, level: 'off' as const }];

/** Who is named for two requests that named noor, the second of them the older one. */
const names = (noor: Partial<Reviewer>) => {
  const suggested = [
    { request: reviewRequest({ ref: ref(2), openedAt: NOW }), logins: ['noor'] },
    { request: reviewRequest({ ref: ref(1), openedAt: NOW }), logins: ['noor'] },
  ];
  const capacity = { value: 2, basis: 'configured' as const };
  const people = [reviewer('kim', { capacity }), reviewer('noor', { capacity, ...noor })];
  return stillNamed(suggested, people, OPTIONS).map(({ logins }) => logins);
};

test.each<[string, Partial<Reviewer>, readonly (readonly string[])[]]>([
  ['has room for both, each counted once', {}, [['noor'], ['noor']]],
  ['has room for one beside what waits', { waiting: waiting(1) }, [[], ['noor']]],
  ['is full', { waiting: waiting(2) }, [[], []]],
  ['is away', { absences: AWAY }, [[], []]],
  ['wants nothing more', { ownCapacity: 0 }, [[], []]],
])('who %s is named so', (_, noor, expected) => {
  expect(names(noor)).toEqual(expected);
});

test('nobody is named more for what has its reviewers, or who declined', () => {
  const of = (standing: Parameters<typeof reviewRequest>[0]) =>
    stillNamed([{ request: reviewRequest(standing), logins: ['noor'] }], [reviewer('noor')], OPTIONS);
  expect([
    of({ standing: { askedByPerson: ['kim'] } }),
    of({ standing: { declined: new Map([['noor', 'not-mine']]) } }),
  ]).toMatchObject([[{ logins: [] }], [{ logins: [] }]]);
});
