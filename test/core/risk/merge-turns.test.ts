import { expect, test } from 'vitest';
import { mergeTurns } from '../../../src/core/risk/merge-turns.ts';
import type { PairFinding } from '../../../src/core/risk/pair-risk.ts';
import { conflictIn, openChange, pair } from './build-open-change.ts';

const SCOPE = { drafts: false, dependencyBots: true, idle: true };
const LIMITS = { now: '2026-06-30T00:00:00Z', maxWaitDays: null, mergesPerDay: null };
const isRegenerated = (path: string) => path.endsWith('.lock');
const estimated = (probability: number): PairFinding => ({ basis: 'estimated', probability, factors: [] });
const HIT = conflictIn('src/a.ts');

const turnsOf = (
  facts: Pick<Parameters<typeof mergeTurns>[0], 'changes' | 'pairs'>,
  maxWaitDays: number | null = null,
) => Object.fromEntries(mergeTurns({ ...facts, isRegenerated, scope: SCOPE, limits: { ...LIMITS, maxWaitDays } }));

test('whoever spares most goes first, and the others know behind whom they are', () => {
  const changes = [openChange(1, 10), openChange(2, 11), openChange(3, 12)];
  const pairs = [pair(1, 2, HIT), pair(1, 3, HIT)];
  expect(turnsOf({ changes, pairs })).toEqual({ '#1': ['#2', '#3'], '#2': [], '#3': [] });
});

test('whoever conflicts with the base, or has waited less than one beyond the cap, is behind', () => {
  const held = openChange(1, 10, { heldBy: ['conflicts with main'] });
  const pairs = [pair(1, 2, HIT)];
  expect(turnsOf({ changes: [held, openChange(2, 28)], pairs })).toEqual({ '#1': ['#2'], '#2': [] });
  const old = [openChange(1, 10), openChange(2, 28, { lines: 90 })];
  expect([turnsOf({ changes: old, pairs }), turnsOf({ changes: old, pairs }, 7)]).toEqual([
    { '#1': ['#2'], '#2': [] },
    { '#1': [], '#2': ['#1'] },
  ]);
});

test('nobody is behind a draft, a file that is made anew, an unlikely conflict or one that nobody knows', () => {
  const changes = [
    openChange(1, 10, { isDraft: true }),
    ...[2, 3, 4, 5, 6].map((number) => openChange(number, 10 + number)),
  ];
  const pairs = [
    pair(1, 2, HIT),
    pair(2, 3, conflictIn('b.lock')),
    pair(2, 4, estimated(0.49)),
    pair(2, 5, { basis: null, verdict: 'unknown', reason: 'it was not tried' }),
    pair(2, 6, estimated(0.5)),
  ];
  expect(turnsOf({ changes, pairs })).toEqual({ '#2': ['#6'], '#3': [], '#4': [], '#5': [], '#6': [] });
});
