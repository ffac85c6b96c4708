import { expect, test } from 'vitest';
import { type Ref, refKey } from '../../../src/core/task/identity.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { assignUnderCap, type ReviewWish } from '../../../src/store/reviewers/assign-review.ts';
import {
  listReviewedRepositories,
  loadOpenPlaces,
  loadStandings,
} from '../../../src/store/reviewers/load-standings.ts';
import { HELD_MS } from '../../../src/store/reviewers/load-unseen-places.ts';
import { leaveQueue, loadReviewQueue, queueReview } from '../../../src/store/reviewers/review-queue.ts';
import {
  closeRequest,
  confirmAsked,
  isHeld,
  isRerolledBy,
  noteDecline,
  notePlaceGone,
  noteRemoval,
  noteReroll,
  noteReviewed,
  withdrawHeld,
} from '../../../src/store/reviewers/settle-review.ts';
import type { OriginStore } from '../../../src/store/store.ts';
import { describeOnBothStores, describeOnPostgresql } from '../on-both-stores.ts';

const pull = (number: number, repo = 'harbor'): Ref => ({ owner: 'Octo', repo, number });
const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString().replace('.000Z', 'Z');

const candidate = (login: string, cap = 2, waiting: readonly Ref[] = []) => ({
  login,
  cap,
  waiting: new Set(waiting.map(refKey)),
});
const wish = (number: number, more: Partial<ReviewWish> = {}): ReviewWish => ({
  request: pull(number),
  count: 1,
  candidates: [candidate('Kim'), candidate('ravi')],
  seenAt: at(0),
  repositories: new Set(['octo/harbor']),
  now: at(0),
  ...more,
});
const place = (number: number, login: string, minute = 1) => ({ request: pull(number), login, now: at(minute) });

describeOnBothStores('reviews that Parasol assigns', (store) => {
  const assign = (number: number, more: Partial<ReviewWish> = {}) => assignUnderCap(store(), wish(number, more));
  const ask = async (number: number, more: Partial<ReviewWish> = {}) => {
    const logins = await assign(number, more);
    for (const login of logins) await confirmAsked(store(), place(number, login));
    return logins;
  };
  const standing = async (number: number) =>
    (await loadStandings(store(), [pull(number)])).get(`octo/harbor#${number}`);

  test('go to the first who has room, and nobody gets more than the cap', async () => {
    const given = [];
    for (const number of [1, 2, 3, 4, 5]) given.push(await ask(number));
    expect(given).toEqual([['Kim'], ['Kim'], ['ravi'], ['ravi'], []]);
  });

  test('are given once, however often and for however many', async () => {
    expect(await assign(1)).toEqual(['Kim']);
    expect(await assign(1)).toEqual([]);
    expect(await ask(2, { count: 2 })).toEqual(['Kim', 'ravi']);
    expect(await ask(2, { count: 2, candidates: [candidate('noor')] })).toEqual([]);
  });

  test('count what GitHub shows as waiting together with what was given since, each once', async () => {
    await ask(1);
    const kim = candidate('Kim', 3, [pull(1), pull(8)]);
    expect(await assign(2, { candidates: [kim] })).toEqual(['Kim']);
    expect(await assign(3, { candidates: [kim] })).toEqual([]);
  });

  test('go by GitHub once it was read well after they were given, but in repositories that were not read', async () => {
    await ask(1, { candidates: [candidate('Kim', 9)] });
    await assign(2, { request: pull(2, 'quay'), candidates: [candidate('Kim', 9)] });
    await confirmAsked(store(), { ...place(2, 'Kim'), request: pull(2, 'quay') });
    const later = { seenAt: at(2), now: at(2) };
    expect(await assign(3, { ...later, candidates: [candidate('Kim', 1)] })).toEqual([]);
    expect(await assign(3, { ...later, candidates: [candidate('Kim', 2)] })).toEqual(['Kim']);
  });

  test('are free again when their holder told GitHub nothing and is gone', async () => {
    await assign(1);
    const minute = HELD_MS / 60_000;
    const later = { candidates: [candidate('ravi')], seenAt: at(minute), now: at(minute) };
    expect(await assign(1, { ...later, now: at(minute - 1) })).toEqual([]);
    expect(await assign(1, later)).toEqual(['ravi']);
    expect(await isHeld(store(), place(1, 'ravi'))).toBe(true);
  });

  test('pass over whom a person wanted somebody else for', async () => {
    await ask(1);
    const reroll = { request: pull(1), logins: ['kim'], words: '7 2026-11-23T09:01:00Z', now: at(1) };
    expect([await isRerolledBy(store(), reroll), await noteReroll(store(), reroll)]).toEqual([false, true]);
    expect(await ask(1)).toEqual(['ravi']);
    expect(await standing(1)).toMatchObject({ asked: ['ravi'], handedOffFrom: ['kim'] });
  });

  test('stay with whoever has them when the same words ask for others again', async () => {
    const reroll = (words: string) => ({ request: pull(1), logins: ['ravi'], words, now: at(1) });
    await noteReroll(store(), reroll('7 once'));
    await ask(1, { candidates: [candidate('Kim')] });
    expect(await noteReroll(store(), { ...reroll('7 once'), logins: ['kim'] })).toBe(false);
    expect([await isRerolledBy(store(), reroll('7 once')), await isRerolledBy(store(), reroll('7 edited'))]).toEqual([
      true,
      false,
    ]);
    expect(await isRerolledBy(store(), { ...reroll('7 once'), request: pull(2) })).toBe(false);
    expect(await standing(1)).toMatchObject({ asked: ['kim'], handedOffFrom: ['ravi'] });
  });

  test('are told by repository, held or asked, until GitHub shows them no more', async () => {
    await ask(1);
    await assign(2);
    const of = (number: number, isAsked: boolean) => ({
      ...{ request: { owner: 'octo', repo: 'harbor', number }, login: 'kim' },
      ...{ isAsked, assignedAt: at(0) },
    });
    const repository = { owner: 'Octo', repo: 'Harbor' };
    expect(await loadOpenPlaces(store(), repository)).toEqual([of(1, true), of(2, false)]);
    expect(await loadOpenPlaces(store(), { ...repository, repo: 'quay' })).toEqual([]);
    await queueReview(store(), { request: pull(3, 'quay'), needs: [], dueAt: null }, at(0));
    expect(await listReviewedRepositories(store())).toEqual(['octo/harbor', 'octo/quay']);
    expect(await notePlaceGone(store(), place(2, 'kim'))).toBe(false);
    expect(await notePlaceGone(store(), place(1, 'kim'))).toBe(true);
    expect(await loadOpenPlaces(store(), repository)).toEqual([of(2, false)]);
    expect(await listReviewedRepositories(store())).toEqual(['octo/quay']);
  });

  test('are given back where GitHub was not told', async () => {
    await assign(1, { candidates: [candidate('Kim', 1)] });
    expect(await withdrawHeld(store(), place(1, 'kim'))).toBe(true);
    expect(await confirmAsked(store(), place(1, 'kim'))).toBe(false);
    expect(await assign(2, { candidates: [candidate('Kim', 1)] })).toEqual(['Kim']);
    expect(await assign(1, { candidates: [candidate('Kim', 2)] })).toEqual(['Kim']);
  });

  test('are withdrawn by a removal that comes between the choice and the word to GitHub, and never given again', async () => {
    await assign(1);
    expect(await noteRemoval(store(), place(1, 'KIM'))).toBe(true);
    expect(await isHeld(store(), place(1, 'Kim'))).toBe(false);
    expect(await confirmAsked(store(), place(1, 'Kim'))).toBe(false);
    expect(await ask(1)).toEqual([]);
    expect(await ask(1, { removed: new Set(['kim']) })).toEqual(['ravi']);
    await noteRemoval(store(), place(1, 'ravi'));
    expect(await assign(1, { removed: new Set(['kim']) })).toEqual([]);
    expect(await assign(1, { removed: new Set(['kim', 'ravi']) })).toEqual([]);
    expect(await standing(1)).toEqual({
      asked: [],
      removed: ['kim', 'ravi'],
      declined: new Map(),
      handedOffFrom: [],
      refusedAt: new Map([
        ['kim', at(1)],
        ['ravi', at(1)],
      ]),
    });
  });

  test('are not given to whom a person took them from, nor to others by somebody who has not heard of it', async () => {
    expect(await noteRemoval(store(), place(1, 'kim'))).toBe(false);
    expect(await assign(1)).toEqual([]);
    expect(await assign(1, { removed: new Set(['kim']) })).toEqual(['ravi']);
  });

  test('go to somebody else after a decline, whose last reason is kept', async () => {
    await ask(1);
    expect(await noteDecline(store(), place(1, 'kim'), 'too-busy')).toBe(true);
    expect(await noteDecline(store(), place(1, 'kim'), 'conflict')).toBe(false);
    expect(await ask(1)).toEqual(['ravi']);
    expect(await standing(1)).toEqual({
      asked: ['ravi'],
      removed: [],
      declined: new Map([['kim', 'conflict']]),
      handedOffFrom: [],
      refusedAt: new Map([['kim', at(1)]]),
    });
  });

  test('make room when the review is there and when the pull request is closed', async () => {
    const only = { candidates: [candidate('Kim', 1)] };
    await ask(1, only);
    expect(await noteReviewed(store(), place(1, 'kim'))).toBe(true);
    expect(await noteReviewed(store(), place(1, 'kim'))).toBe(false);
    await ask(2, only);
    await closeRequest(store(), pull(2), at(1));
    expect(await ask(3, only)).toEqual(['Kim']);
  });

  test('of one GitHub are not those of another', async () => {
    await ask(1, { candidates: [candidate('Kim', 1)] });
    const there = { ...store(), origin: 'ghe.example.com' };
    expect(await assignUnderCap(there, wish(1, { candidates: [candidate('Kim', 1)] }))).toEqual(['Kim']);
    expect((await loadStandings(there, [pull(2)])).size).toBe(0);
  });

  const handOff = { from: 'Kim', maxShare: 0.1 };

  test('are handed off once for each request, and for one in ten of them', async () => {
    for (let number = 1; number <= 19; number += 1) await ask(number, { candidates: [candidate('Kim', 99)] });
    expect(await ask(1, { handOff, candidates: [candidate('ravi')] })).toEqual(['ravi']);
    expect(await standing(1)).toMatchObject({ asked: ['ravi'], handedOffFrom: ['kim'] });
    expect(await ask(1, { handOff: { ...handOff, from: 'ravi' }, candidates: [candidate('noor')] })).toEqual([]);
    expect(await ask(2, { handOff, candidates: [candidate('noor')] })).toEqual([]);
    await ask(20, { candidates: [candidate('Kim', 99)] });
    expect(await ask(2, { handOff, candidates: [candidate('noor')] })).toEqual(['noor']);
  });

  test('stay with whom they were given to where a hand-off comes to nothing', async () => {
    for (let number = 1; number <= 10; number += 1) await ask(number, { candidates: [candidate('Kim', 99)] });
    expect(await assign(1, { handOff, candidates: [candidate('ravi')] })).toEqual(['ravi']);
    await withdrawHeld(store(), place(1, 'ravi'));
    expect(await standing(1)).toMatchObject({ asked: ['kim'], handedOffFrom: [] });
    expect(await assign(1, { handOff, candidates: [candidate('noor')] })).toEqual(['noor']);
  });

  test('are handed off by nobody who has not got them', async () => {
    expect(await assign(1, { handOff })).toEqual([]);
  });
});

describeOnBothStores('requests that wait for room', (store) => {
  test('are told by deadline, then by age, and keep their age', async () => {
    const queued = (number: number, dueAt: string | null) => ({ request: pull(number), needs: ['api'], dueAt });
    await queueReview(store(), queued(1, null), at(1));
    await queueReview(store(), queued(2, at(50)), at(2));
    await queueReview(store(), queued(3, at(40)), at(3));
    await queueReview(store(), queued(4, null), at(0));
    await queueReview(store(), { ...queued(3, at(45)), needs: [] }, at(9));
    await leaveQueue(store(), pull(4));
    expect(await loadReviewQueue(store())).toEqual([
      { request: { owner: 'octo', repo: 'harbor', number: 3 }, needs: [], dueAt: at(45), queuedAt: at(3) },
      { request: { owner: 'octo', repo: 'harbor', number: 2 }, needs: ['api'], dueAt: at(50), queuedAt: at(2) },
      { request: { owner: 'octo', repo: 'harbor', number: 1 }, needs: ['api'], dueAt: null, queuedAt: at(1) },
    ]);
    expect(await loadReviewQueue({ ...store(), origin: 'ghe.example.com' })).toEqual([]);
    await closeRequest(store(), pull(3), at(10));
    expect((await loadReviewQueue(store())).length).toBe(2);
  });
});

/** All that is given in the test was given since. */
const LONG_AGO = '2020-01-01T00:00:00Z';
const CAP = 6;
const PEOPLE = Array.from({ length: 12 }, (_, index) => `reviewer${index}`);

describeOnPostgresql('two processes on one PostgreSQL', (url) => {
  test('give two hundred requests at once: nobody gets more than the cap, and nothing is given twice', async () => {
    const stores = await Promise.all(
      [1, 2].map(() => openStore({ databaseUrl: url(), folder: null, now: () => at(0) })),
    );
    const opened = stores.map((store): OriginStore => ({ ...store, origin: 'github.com' }));
    const asked = Array.from({ length: 200 }, (_, index) => index + 1).flatMap((number) =>
      opened.map(async (store, turn) => {
        // One process offers these people, the other one the rest: for another request the other way round.
        const people = PEOPLE.map((_, index) => PEOPLE[(index + number) % PEOPLE.length] ?? '').slice(
          6 * turn,
          6 * turn + 6,
        );
        const candidates = people.map((login) => candidate(login, CAP));
        const given = await assignUnderCap(store, wish(number, { now: null, seenAt: LONG_AGO, candidates }));
        return given.map((login) => ({ number, login }));
      }),
    );
    const given = (await Promise.all(asked)).flat();
    const perPerson = PEOPLE.map((person) => given.filter(({ login }) => login === person).length);
    expect(perPerson).toEqual(PEOPLE.map(() => CAP));
    expect(new Set(given.map(({ number }) => number)).size).toBe(given.length);
    await Promise.all(stores.map((store) => store.close()));
  }, 60_000);

  test('let a removal that comes at the same moment win, whoever is first', async () => {
    const stores = await Promise.all(
      [1, 2].map(() => openStore({ databaseUrl: url(), folder: null, now: () => at(0) })),
    );
    const [one, other] = stores.map((store): OriginStore => ({ ...store, origin: 'ghe.example.com' }));
    if (one === undefined || other === undefined) throw new Error('two stores were opened');
    const only = { now: null, candidates: [candidate('kim', 1000)] };
    const told = Array.from({ length: 100 }, (_, index) => index + 1).map(async (number) => {
      const removed = noteRemoval(other, { ...place(number, 'kim'), now: null });
      const [given] = await Promise.all([assignUnderCap(one, wish(number, only)), removed]);
      const asked = given.length > 0 && (await confirmAsked(one, { ...place(number, 'kim'), now: null }));
      return asked || (await assignUnderCap(one, wish(number, only))).length > 0;
    });
    expect((await Promise.all(told)).filter(Boolean)).toEqual([]);
    await Promise.all(stores.map((store) => store.close()));
  }, 60_000);
});
