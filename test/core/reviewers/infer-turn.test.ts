import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantAt } from '../../../src/core/instant-at.ts';
import { inferTurn } from '../../../src/core/reviewers/infer-turn.ts';
import type { OwnTurn } from '../../../src/core/reviewers/own-turns.ts';
import type { WorkingHours } from '../../../src/core/reviewers/review-facts.ts';
import { reviewLoads } from '../../../src/core/reviewers/review-load.ts';
import { ref } from '../build-facts.ts';
import { reviewer } from './build-review.ts';

/** A Wednesday. */
const NOW = '2026-03-18T14:00:00Z';
const OFFICE: WorkingHours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 9, to: 17 };

const span = (from: string, until: string | null, isAnswered = until !== null): OwnTurn => ({
  from: `2026-${from}:00Z`,
  until: until === null ? null : `2026-${until}:00Z`,
  isAnswered,
  isOvertaken: false,
});

/** One on each day from Monday, March 2, asked at nine. */
const answeredIn = (...hours: readonly number[]): readonly OwnTurn[] =>
  hours.map((count, place) => {
    const from = Date.UTC(2026, 2, 2 + place + 2 * Math.floor(place / 5), 9);
    return { from: instantAt(from), until: instantAt(from + count * 3_600_000), isAnswered: true, isOvertaken: false };
  });

const turn = (spans: readonly OwnTurn[], hours: WorkingHours | null = OFFICE) => inferTurn(spans, { now: NOW, hours });

describe('the turn of a person', () => {
  test('is what four in five took at most: one that was forgotten changes nothing', () => {
    expect(turn(answeredIn(2, 1, 3, 2, 1))).toEqual({ value: 2, basis: 'history' });
    expect(turn(answeredIn(2, 1, 3, 2, 200))).toEqual({ value: 3, basis: 'history' });
  });

  test.each([
    ['below five answers', answeredIn(1, 1, 1, 1)],
    [
      'of answers older than 90 days',
      answeredIn(1, 1, 1, 1, 1).map((one) => ({ ...one, from: '2025-09-01T09:00:00Z' })),
    ],
  ])('is a day of work %s', (_, spans) => {
    expect([turn(spans), turn(spans, null)]).toEqual([
      { value: 8, basis: 'default' },
      { value: 24, basis: 'default' },
    ]);
  });

  test('counts hours of work alone: from Friday evening to Monday morning are two', () => {
    const friday = ['02-06', '02-13', '02-20', '02-27', '03-06'];
    const monday = ['02-09', '02-16', '02-23', '03-02', '03-09'];
    const spans = friday.map((day, place) => span(`${day}T16:00`, `${monday[place]}T10:00`));
    expect(turn(spans)).toEqual({ value: 2, basis: 'history' });
  });

  test('is not told by what others overtook within a day of work, but by what waited for longer', () => {
    const answers = answeredIn(2, 2, 2, 2, 2);
    const overtaken = (until: string) =>
      [1, 2].map(() => ({ ...span('03-09T09:00', until, false), isOvertaken: true }));
    expect(turn([...answers, ...overtaken('03-09T16:00')])).toEqual({ value: 2, basis: 'history' });
    expect(turn([...answers, ...overtaken('03-10T16:00')])).toEqual({ value: 8, basis: 'default' });
  });

  test('is shared with what was asked before and answered first', () => {
    const spans = [10, 11, 12, 13, 14].map((hour) => span('03-09T09:00', `03-09T${hour}:00`));
    expect(turn(spans)).toEqual({ value: 1, basis: 'history' });
  });

  test('takes what nobody answered for at least as long, so that silence does not look quick', () => {
    const quick = answeredIn(1, 1, 1, 1, 1);
    const open = (count: number) => Array.from({ length: count }, () => span('03-17T10:00', null));
    expect(turn([...quick, ...open(1)]).value).toBe(1);
    expect(turn([...quick, ...open(5)])).toEqual({ value: 8, basis: 'default' });
    expect(turn([...answeredIn(1, 1, 1, 1, 6), ...open(1)])).toEqual({ value: 6, basis: 'history' });
  });
});

test('who always answered within a few hours of work is not at risk for one fresh request', () => {
  const answers = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 5, maxLength: 10 });
  fc.assert(
    fc.property(answers, fc.double({ min: 0.6, max: 3, noNaN: true }), fc.boolean(), (hours, effort, isKnown) => {
      const own = isKnown ? ({ value: OFFICE, basis: 'history' } as const) : null;
      const waiting = [{ ref: ref(1), askedAt: '2026-03-18T13:00:00Z', dueAt: '2026-03-20T13:00:00Z', effort }];
      const pace = { value: 0.1, basis: 'history' } as const;
      const kim = reviewer('kim', { waiting, pace, hours: own, turn: turn(answeredIn(...hours), own?.value ?? null) });
      expect(reviewLoads([kim], NOW)[0]?.atRisk).toBe(0);
    }),
  );
});
