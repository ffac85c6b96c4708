import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SignRhythm, TAKEN_FOR_ABSENT } from '../../../src/core/reviewers/absence-chance.ts';
import { rankReviewers } from '../../../src/core/reviewers/rank-reviewers.ts';
import type { Reviewer } from '../../../src/core/reviewers/review-facts.ts';
import { silenceOf } from '../../../src/core/reviewers/silence-of.ts';
import { NOW, ref } from '../build-facts.ts';
import { reviewer, reviewRequest, waiting } from './build-review.ts';

const OPTIONS = { now: NOW, slaSeconds: 172_800, queued: 0, seed: 7, assigns: true };
const logins = (ranking: ReturnType<typeof rankReviewers>) => ranking.candidates.map(({ login }) => login);
const away = { from: NOW, until: null, level: 'off' } as const;

describe('reviewers of a request', () => {
  test('come by what speaks for them; those without room come after those with, and others not at all', () => {
    const people = [
      reviewer('full', { waiting: waiting(4) }),
      reviewer('loaded', { waiting: waiting(2) }),
      reviewer('free'),
      reviewer('gone', { absences: [away] }),
      reviewer('ravi'),
    ];
    const request = reviewRequest({ openedAt: NOW });
    const ranking = rankReviewers(request, people, OPTIONS);
    expect(logins(ranking)).toEqual(['free', 'loaded', 'full']);
    expect(ranking.candidates.map(({ hasRoom, cap }) => [hasRoom, cap])).toEqual([
      [true, 4],
      [true, 4],
      [false, 4],
    ]);
    expect(ranking.eligibility.map(({ isEligible }) => isEligible)).toEqual([false, true, true, false, false]);
  });

  test('may have more waiting for an older request, and when much waits for nobody', () => {
    const capOf = (openedAt: string, queued: number) =>
      rankReviewers(reviewRequest({ openedAt }), [reviewer('kim')], { ...OPTIONS, queued }).candidates[0]?.cap;
    expect([capOf(NOW, 0), capOf('2026-01-01T00:00:00Z', 0), capOf(NOW, 8)]).toEqual([4, expect.any(Number), 6]);
    expect(capOf('2026-01-01T00:00:00Z', 0)).toBeGreaterThan(4);
  });

  test('keep the only one for something free for it, as far as it was asked for of late', () => {
    const people = [reviewer('kim', { capability: ['database'], scarcity: { share: 0.5, tags: ['database'] } })];
    const scarcityFor = (needs: readonly string[]) =>
      rankReviewers(reviewRequest({ needs }), people, OPTIONS).candidates[0]?.parts.scarcity;
    expect([scarcityFor([]), scarcityFor(['database'])]).toEqual([24, 0]);
  });

  test('are owed nothing for what they missed while away, and nothing of it shows without their absences', () => {
    const back = { from: '2026-04-01T00:00:00Z', until: '2026-04-15T00:00:00Z', level: 'off' } as const;
    const person = { utilisation: 0.4, utilisationWhenThere: 0.7 };
    const fairness = (absences: Reviewer['absences']) =>
      rankReviewers(reviewRequest(), [reviewer('kim', { ...person, absences })], OPTIONS).candidates[0]?.parts.fairness;
    expect([fairness([back]), fairness([])]).toEqual([140, 80]);
  });

  test('come in the same order for the same seed, whatever the order in which they were read', () => {
    const people = ['kim', 'noor', 'lena', 'tomas'].map((login) => reviewer(login));
    fc.assert(
      fc.property(fc.shuffledSubarray(people, { minLength: 4 }), fc.nat(), (mixed, seed) => {
        const options = { ...OPTIONS, seed };
        expect(logins(rankReviewers(reviewRequest(), mixed, options))).toEqual(
          logins(rankReviewers(reviewRequest(), people, options)),
        );
      }),
    );
  });
});

describe('the chance that somebody is away', () => {
  test('is certain for who said so and even for who is busy', () => {
    expect(silenceOf(reviewer('kim', { absences: [away] }), NOW)).toBe(1);
    expect(silenceOf(reviewer('kim', { isBusy: true }), NOW)).toBe(TAKEN_FOR_ABSENT);
    expect(silenceOf(reviewer('kim', { lastSeenAt: NOW }), NOW)).toBe(0);
  });

  test('grows with the days in which something waited and nothing was heard', () => {
    const since = (askedAt: string) =>
      silenceOf(
        reviewer('kim', {
          lastSeenAt: '2026-04-20T09:00:00Z',
          waiting: [{ ref: { owner: 'o', repo: 'r', number: 1 }, askedAt, dueAt: null, effort: 1 }],
        }),
        NOW,
      );
    const idle = silenceOf(reviewer('kim', { lastSeenAt: '2026-04-20T09:00:00Z' }), NOW);
    expect(idle).toBeLessThan(TAKEN_FOR_ABSENT);
    expect(since('2026-05-04T09:00:00Z')).toBeGreaterThan(TAKEN_FOR_ABSENT);
    expect(since(NOW)).toBe(idle);
  });

  test('is even once two thirds of the SLA and a working day have gone by since the request, with no sign of who has it', () => {
    const hours = { value: { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 9, to: 17 }, basis: 'configured' } as const;
    const takenAfter = (asked: string, more: Partial<Reviewer> = {}): number | undefined => {
      const later = (hour: number): string => new Date(Date.parse(asked) + hour * 3_600_000).toISOString();
      const review = { ...{ ref: ref(1), askedAt: asked, dueAt: later(48), effort: 1 } };
      const silent = reviewer('kim', { hours, waiting: [review], ...more });
      return Array.from({ length: 100 }, (_, hour) => hour).find(
        (hour) => silenceOf(silent, later(hour)) >= TAKEN_FOR_ABSENT,
      );
    };
    const [monday, friday] = ['2026-03-02T09:00:00Z', '2026-03-06T16:00:00Z'];
    expect(takenAfter(monday)).toBe(32);
    expect(takenAfter(monday, { lastSeenAt: '2026-02-27T10:00:00Z' })).toBe(32);
    expect(takenAfter(friday)).toBe(72);
    expect(takenAfter(monday, { lastSeenAt: '2026-03-02T11:00:00Z' })).toBeGreaterThan(48);
    expect(takenAfter(monday, { hours: null })).toBeGreaterThan(48);
  });

  test('is smaller after the same silence for who was always there than for who often was not', () => {
    const of = (rhythm: SignRhythm) => silenceOf(reviewer('kim', { lastSeenAt: '2026-05-01T09:00:00Z', rhythm }), NOW);
    const [steady, unknown, fitful] = [
      of({ presentDays: 60, silentDays: 0, returns: 0 }),
      of({ presentDays: 0, silentDays: 0, returns: 0 }),
      of({ presentDays: 40, silentDays: 20, returns: 4 }),
    ];
    expect(steady).toBeLessThan(unknown);
    expect(fitful).toBeGreaterThan(unknown);
  });
});
