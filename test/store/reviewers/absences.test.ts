import { expect, test } from 'vitest';
import type { Absence } from '../../../src/core/reviewers/review-facts.ts';
import { endAbsences, loadAbsences, noteAbsence } from '../../../src/store/reviewers/absences.ts';
import { loadCapacities, noteCapacity } from '../../../src/store/reviewers/capacities.ts';
import type { OriginStore } from '../../../src/store/store.ts';
import { describeOnBothStores } from '../on-both-stores.ts';

const day = (of: string): string => `${of}T00:00:00Z`;
const NOW = '2026-11-23T09:00:00Z';
const kim = { login: 'Kim', now: NOW };
const absence = (from: string, until: string | null, level: Absence['level'] = 'off'): Absence => ({
  from: day(from),
  until: until === null ? null : day(until),
  level,
});
const HOLIDAY = absence('2026-12-20', '2027-01-04');
const NOW_AWAY = absence('2026-11-20', '2026-11-30', 'finish_only');

describeOnBothStores('absences', (store) => {
  const known = async (logins = ['kim', 'ravi'], now = NOW, of: OriginStore = store()) =>
    Object.fromEntries(await loadAbsences(of, logins, now));

  test('are kept by person, earliest first, whatever the case of the name', async () => {
    await noteAbsence(store(), kim, HOLIDAY);
    await noteAbsence(store(), { ...kim, login: 'kim' }, NOW_AWAY);
    expect(await known()).toEqual({ kim: [NOW_AWAY, HOLIDAY] });
    expect(await known([])).toEqual({});
    expect(await known(['ravi'])).toEqual({});
  });

  test('are said twice and kept once', async () => {
    await Promise.all([noteAbsence(store(), kim, HOLIDAY), noteAbsence(store(), kim, HOLIDAY)]);
    expect(await known()).toEqual({ kim: [HOLIDAY] });
  });

  test('of the same days are at the level that was said last, and others stay beside them', async () => {
    const shorter = absence('2026-12-20', '2026-12-27');
    for (const one of [HOLIDAY, shorter, { ...HOLIDAY, level: 'finish_only' } as const])
      await noteAbsence(store(), kim, one);
    expect(await known()).toEqual({ kim: [shorter, { ...HOLIDAY, level: 'finish_only' }] });
  });

  test('of one GitHub are not those of another', async () => {
    const there = { ...store(), origin: 'ghe.example.com' };
    await noteAbsence(there, kim, HOLIDAY);
    expect([await known(), await known(['kim'], NOW, there)]).toEqual([{}, { kim: [HOLIDAY] }]);
    expect(await endAbsences(store(), kim)).toEqual([]);
    expect(await known(['kim'], NOW, there)).toEqual({ kim: [HOLIDAY] });
  });

  test('end with whoever is back, who keeps the holiday to come', async () => {
    const open = absence('2026-11-22', null);
    for (const one of [HOLIDAY, NOW_AWAY, open]) await noteAbsence(store(), kim, one);
    expect(await endAbsences(store(), kim)).toEqual([NOW_AWAY, open]);
    expect(await known()).toEqual({ kim: [{ ...NOW_AWAY, until: NOW }, { ...open, until: NOW }, HOLIDAY] });
  });

  test('to come are forgotten where none holds', async () => {
    await noteAbsence(store(), kim, HOLIDAY);
    await noteAbsence(store(), { ...kim, login: 'ravi' }, HOLIDAY);
    expect(await endAbsences(store(), kim)).toEqual([HOLIDAY]);
    expect(await known()).toEqual({ ravi: [HOLIDAY] });
    expect(await endAbsences(store(), kim)).toEqual([]);
  });

  test('are told for ninety days after their end, and forgotten when the next is kept', async () => {
    const old = absence('2026-08-01', '2026-08-25');
    await noteAbsence(store(), { ...kim, now: day('2026-08-01') }, old);
    expect(await known(['kim'], '2026-11-22T23:59:59Z')).toEqual({ kim: [old] });
    expect(await known(['kim'], day('2026-11-23'))).toEqual({});
    await noteAbsence(store(), kim, HOLIDAY);
    expect(await store().db.selectFrom('reviewer_absences').select('starts_at').execute()).toEqual([
      { starts_at: HOLIDAY.from },
    ]);
  });
});

describeOnBothStores('capacities that people said', (store) => {
  test('hold until another is said or the word is taken back', async () => {
    await noteCapacity(store(), 'Kim', 4);
    await noteCapacity(store(), 'kim', 6);
    await noteCapacity({ ...store(), origin: 'ghe.example.com' }, 'ravi', 2);
    expect(await loadCapacities(store(), ['KIM', 'ravi'])).toEqual(new Map([['kim', 6]]));
    await noteCapacity(store(), 'kim', null);
    expect(await loadCapacities(store(), ['kim'])).toEqual(new Map());
    expect(await loadCapacities(store(), [])).toEqual(new Map());
  });
});
