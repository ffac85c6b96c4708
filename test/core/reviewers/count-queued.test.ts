import { expect, test } from 'vitest';
import { countQueued } from '../../../src/core/reviewers/count-queued.ts';
import { fullAsKnown } from '../../../src/core/reviewers/full-as-known.ts';
import type { Reviewer } from '../../../src/core/reviewers/review-facts.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS = { now: NOW, slaSeconds: 172_800, seed: 0, assigns: false, count: 1, spared: () => 0 };
const AWAY = { absences: [{ from: '2026-05-01T00:00:00Z', until: null, level: 'off' }] } as const;

const requests = (count: number, more: object = {}) =>
  Array.from({ length: count }, (_, index) => reviewRequest({ ref: ref(2 + index), openedAt: NOW, ...more }));

test('what has room does not wait, and what nobody could review waits for no room', () => {
  const team = [reviewer('ravi'), reviewer('noor'), reviewer('lena')];
  expect(countQueued(requests(8), team, OPTIONS)).toBe(0);
  expect(countQueued(requests(11), team, OPTIONS)).toBe(3);
  expect(countQueued(requests(11, { needs: ['database'] }), team, OPTIONS)).toBe(0);
  expect(countQueued(requests(11), [reviewer('ravi')], OPTIONS)).toBe(0);
});

test('who is away is waited for like who wants nothing more, also where nobody else could review it', () => {
  const queuedWith = (more: Partial<Reviewer>) =>
    countQueued(
      [...requests(2), ...requests(5, { needs: ['database'] })],
      [reviewer('noor', { capability: ['database'], ...more }), reviewer('lena')],
      OPTIONS,
    );
  expect([queuedWith(AWAY), queuedWith({ ownCapacity: 0 }), queuedWith({})]).toEqual([5, 5, 1]);
});

test('what people said for themselves gives no way for whom everybody can count as full', () => {
  const request = reviewRequest({ openedAt: NOW, standing: { declined: new Map([['noor', 'too-busy']]) } });
  const all = [request, ...requests(12)];
  const fullWith = (more: Partial<Reviewer>) => {
    const capacity = { value: 2, basis: 'history' } as const;
    const team = ['noor', 'lena'].map((login) => reviewer(login, { capacity, waiting: waiting(2) }));
    const reviewers = team.map((one) => (one.login === 'noor' ? { ...one, ...more } : one));
    return [...fullAsKnown(request, { requests: all, reviewers }, OPTIONS)];
  };
  // Thirteen wait for two times two: a quarter more for each four, and Lena may have a third.
  expect(fullWith({})).toEqual([]);
  expect(fullWith({ ownCapacity: 99 })).toEqual([]);
});
