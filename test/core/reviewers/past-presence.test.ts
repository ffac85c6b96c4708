import { describe, expect, test } from 'vitest';
import { pastPresence } from '../../../src/core/reviewers/past-presence.ts';

/** A Wednesday. */
const NOW = '2026-03-18T14:00:00Z';
const AT = { now: NOW, pace: 1, hours: null };
const march = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T10:00:00Z`;
const review = (day: number, effort = 1) => ({ at: march(day), effort });
const NOTHING = { acts: [], given: [], asked: [] };

describe('what the past tells of presence', () => {
  test('is nothing of whom nobody saw', () => {
    expect(pastPresence(NOTHING, AT)).toEqual({
      rhythm: { presentDays: 0, silentDays: 0, returns: 0 },
      overdrawn: -1,
      reviewed: 0,
    });
  });

  test('counts the working days since the first sign, without today and without what is forgotten', () => {
    const acts = ['2025-11-03T10:00:00Z', march(12)];
    expect(pastPresence({ ...NOTHING, acts }, AT).rhythm).toEqual({ presentDays: 4, silentDays: 0, returns: 0 });
  });

  test('takes somebody for absent who leaves undone what was asked, and counts each return', () => {
    const asked = [{ from: march(3), until: march(11) }];
    const { rhythm } = pastPresence({ acts: [march(2), march(11)], given: [], asked }, AT);
    expect(rhythm).toEqual({ presentDays: 8, silentDays: 4, returns: 1 });
    const done = pastPresence({ acts: [march(2), march(11)], given: [], asked: [] }, AT);
    expect(done.rhythm).toEqual({ presentDays: 12, silentDays: 0, returns: 0 });
  });

  test('overdraws with what was reviewed beyond the pace, and rests by a day of it on each working day', () => {
    const given = [review(13, 5)];
    const acts = given.map(({ at }) => at);
    const told = pastPresence({ acts, given, asked: [] }, AT);
    expect([told.overdrawn, told.reviewed]).toEqual([5 - 1 - 1 - 1 - 1 + 1 - 1, 5]);
  });

  test('counts what is done after midnight for the day on which the hours began', () => {
    const hours = { timeZone: 'UTC', days: [5], from: 22, to: 30 };
    // In the night from Friday, the 13th.
    const given = [
      { at: '2026-03-13T23:00:00Z', effort: 1 },
      { at: '2026-03-14T03:00:00Z', effort: 1 },
    ];
    const told = pastPresence({ acts: given.map(({ at }) => at), given, asked: [] }, { ...AT, hours });
    expect(told).toEqual({ rhythm: { presentDays: 1, silentDays: 0, returns: 0 }, overdrawn: -1 + 2, reviewed: 2 });
  });
});
