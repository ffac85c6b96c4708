import { expect, test } from 'vitest';
import { buildConflictHistory, conflictRate } from '../../../src/core/risk/conflict-history.ts';

const NOW = '2026-11-22T00:00:00Z';

test('old merges count for less, later ones not at all', () => {
  const merges = [
    { path: 'a', at: '2026-11-22T00:00:00Z', conflicted: true },
    { path: 'a', at: '2026-05-26T00:00:00Z', conflicted: true },
    { path: 'a', at: '2025-11-27T00:00:00Z', conflicted: false },
    { path: 'b', at: '2026-12-01T00:00:00Z', conflicted: true },
  ];
  expect([...buildConflictHistory(merges, NOW)]).toEqual([
    ['a', { conflicts: expect.closeTo(0.5, 9), merges: expect.closeTo(0.75, 9) }],
  ]);
});

test('a merge at an unknown time is left out', () => {
  expect(buildConflictHistory([{ path: 'a', at: '', conflicted: true }], NOW).size).toBe(0);
});

test('few merges say little', () => {
  const rates = [
    { conflicts: 1, merges: 1 },
    { conflicts: 9, merges: 9 },
    { conflicts: 0, merges: 5 },
  ].map(conflictRate);
  expect(rates).toEqual([0.25, 0.75, 0]);
});
