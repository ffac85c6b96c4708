import { expect, test } from 'vitest';
import { TAKEN_FOR_ABSENT } from '../../../src/core/reviewers/absence-chance.ts';
import { handOffChance } from '../../../src/core/reviewers/hand-off-chance.ts';
import type { Absence } from '../../../src/core/reviewers/review-facts.ts';
import { ref } from '../build-facts.ts';
import { reviewer } from './build-review.ts';

const HOURS = { value: { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 9, to: 17 }, basis: 'configured' } as const;
/** From a Monday to the Wednesday: two thirds are gone on Tuesday at 17:00. */
const ASKED = '2026-05-11T09:00:00Z';
const WAITING = { ref: ref(1), askedAt: ASKED, dueAt: '2026-05-13T09:00:00Z', effort: 1 };
const SIGN = '2026-05-11T15:00:00Z';

const away = (level: Absence['level']): readonly Absence[] => [{ from: '2026-05-10T00:00:00Z', until: null, level }];
const isHandedOn = (absences: readonly Absence[], now: string, lastSeenAt: string | null = null): boolean =>
  handOffChance(reviewer('kim', { hours: HOURS, waiting: [WAITING], absences, lastSeenAt }), ref(1), now) >=
  TAKEN_FOR_ABSENT;
const hours = Array.from({ length: 60 }, (_, hour) => new Date(Date.parse(ASKED) + hour * 3_600_000).toISOString());

test('who is away loses a request in the very hour in which who told nobody does', () => {
  const silent = hours.map((now) => isHandedOn([], now));
  expect([silent.indexOf(true), silent.slice(silent.indexOf(true)).every(Boolean)]).toEqual([32, true]);
  for (const level of ['off', 'finish_only'] as const)
    expect(hours.map((now) => isHandedOn(away(level), now))).toEqual(silent);
});

test('who is off and shows a sign all the same keeps it for two thirds of its time, and others keep it', () => {
  const first = (absences: readonly Absence[]) => hours.map((now) => isHandedOn(absences, now, SIGN)).indexOf(true);
  expect([first(away('off')), first(away('finish_only')), first([])]).toEqual([32, -1, -1]);
});

test('what nobody knows when it is due is handed on for silence alone', () => {
  const holder = reviewer('kim', { hours: HOURS, absences: away('off'), waiting: [{ ...WAITING, dueAt: null }] });
  expect(handOffChance({ ...holder, lastSeenAt: SIGN }, ref(1), SIGN)).toBeLessThan(TAKEN_FOR_ABSENT);
});
