import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  absenceChance,
  nextAbsenceChance,
  TAKEN_FOR_ABSENT,
  UNKNOWN_RHYTHM,
} from '../../../src/core/reviewers/absence-chance.ts';

describe('the chance that somebody is away though nobody was told', () => {
  test('is none on the day of a sign', () => {
    expect(absenceChance({ unseenDays: 0, overdueDays: 0 })).toBe(0);
  });

  test('drifts up slowly while nothing waits: to the half of the unknown, never beyond', () => {
    const quietFor = (unseenDays: number): number => absenceChance({ unseenDays, overdueDays: 0 });
    expect([quietFor(1), quietFor(5), quietFor(25), quietFor(250)].map((chance) => Number(chance.toFixed(2)))).toEqual([
      0.04, 0.17, 0.44, 0.5,
    ]);
  });

  test('takes two working days of something overdue, or one after a quiet week, to be taken for absent', () => {
    const isAbsent = (unseenDays: number, overdueDays: number): boolean =>
      absenceChance({ unseenDays, overdueDays }) >= TAKEN_FOR_ABSENT;
    expect([isAbsent(1, 1), isAbsent(2, 2), isAbsent(5, 0), isAbsent(5, 1)]).toEqual([false, true, false, true]);
  });

  test('follows the rhythm of somebody who is there for a day in ten', () => {
    const rare = { presentDays: 40, silentDays: 360, returns: 20 };
    const often = { presentDays: 380, silentDays: 20, returns: 4 };
    const unseenFor = { unseenDays: 3, overdueDays: 0 };
    expect(absenceChance(unseenFor, rare)).toBeGreaterThan(TAKEN_FOR_ABSENT);
    expect(absenceChance(unseenFor, often)).toBeLessThan(0.05);
  });

  const rhythm = fc.record({ presentDays: fc.nat(500), silentDays: fc.nat(500), returns: fc.nat(12) });

  test('stays between 0 and 1, and what is overdue always speaks for absence', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), rhythm, (chance, of) => {
        const [quiet, overdue] = [false, true].map((isOverdue) => nextAbsenceChance(chance, { isOverdue, rhythm: of }));
        expect(quiet).toBeGreaterThanOrEqual(0);
        expect(overdue).toBeLessThanOrEqual(1 + 1e-12);
        expect(overdue).toBeGreaterThanOrEqual(quiet ?? Number.NaN);
      }),
    );
  });

  test('is the same, day by day or at once', () => {
    const days = [false, false, true, true];
    const chance = days.reduce(
      (before, isOverdue) => nextAbsenceChance(before, { isOverdue, rhythm: UNKNOWN_RHYTHM }),
      0,
    );
    expect(absenceChance({ unseenDays: 4, overdueDays: 2 })).toBe(chance);
  });
});
