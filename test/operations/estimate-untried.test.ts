import { expect, test } from 'vitest';
import type { ConflictReport } from '../../src/core/risk/conflict-report.ts';
import type { TouchedFile } from '../../src/core/risk/touched-file.ts';
import { type EstimateTime, estimateUntried } from '../../src/operations/estimate-untried.ts';

const HEADS = 40;
const PAIRS = (HEADS * (HEADS - 1)) / 2;
const names = Array.from({ length: HEADS }, (_, place) => `#${place + 1}`);
const touched: readonly TouchedFile[] = [{ path: 'a.txt', status: 'modified', hunks: null }];

/** All share a file, and no pair was merged on trial. */
const report: ConflictReport = {
  base: { name: 'main', commit: '' },
  heads: names.map((name) => ({ name, commit: '', onBase: { verdict: 'clean' }, touched })),
  untried: names.flatMap((a, place) => names.slice(place + 1).map((b) => ({ a, b }))),
  ...{ pairs: [], hopeless: [], unlisted: 0 },
  counts: { pairs: PAIRS, candidates: PAIRS, merges: 0 },
};

const estimated = (time?: EstimateTime) =>
  estimateUntried(report, {
    files: new Map(names.map((name) => [name, touched])),
    ...{ only: null, learnedIn: null, now: '2023-11-15T00:00:00Z', time },
    isRegenerated: () => false,
  });

test('every pair that no merge reached is estimated while there is time', async () => {
  const { pairs, left, notReached } = await estimated();
  expect([pairs.length, left, notReached]).toEqual([PAIRS, 0, 0]);
  expect((await estimated({ endsAtMs: 0, leastMs: 600_000 })).notReached).toBe(0);
  expect((await estimated({ endsAtMs: performance.now() + 600_000, leastMs: 0 })).notReached).toBe(0);
});

test('those that the time does not reach are counted, and no pair is taken for clean', async () => {
  const { pairs, left, notReached } = await estimated({ endsAtMs: 0, leastMs: 0 });
  expect([pairs.length, left, notReached]).toEqual([0, 0, PAIRS]);
});

const unreadHeads = (count: number) =>
  Array.from({ length: count }, (_, place) => ({
    ...{ name: `#${place + 1}`, commit: '', touched: [], isUntried: true as const },
    onBase: { verdict: 'unknown' as const, reason: 'the time for it was up' },
  }));

const estimatedUnread = (heads: ConflictReport['heads'], only: ReadonlySet<string> | null) =>
  estimateUntried(
    { ...report, heads, untried: [] },
    {
      files: new Map(heads.map(({ name, isUntried }) => [name, isUntried ? null : []])),
      ...{ only, learnedIn: null, now: '2023-11-15T00:00:00Z' },
      isRegenerated: () => false,
    },
  );

test('of thousands of heads that nobody read, the pairs are counted and not listed', async () => {
  const merged = { name: 'merged', commit: '', touched: [], onBase: { verdict: 'merged' as const } };
  const read = { name: 'read', commit: '', touched: [], onBase: { verdict: 'clean' as const } };
  const heads = [...unreadHeads(6000), merged, read];
  const all = await estimatedUnread(heads, null);
  expect([all.pairs.length, all.unlisted, all.notReached]).toEqual([0, (6000 * 5999) / 2 + 6000, 0]);
  const asked = await estimatedUnread(heads, new Set(['#1', '#2', '#3', '#4']));
  expect([asked.pairs.length, asked.unlisted]).toEqual([0, 4 * 5996 + 6 + 4]);
  const few = await estimatedUnread(heads, new Set(['#1', 'read']));
  expect([few.pairs.length, few.unlisted]).toEqual([5999 + 6000, 0]);
});
