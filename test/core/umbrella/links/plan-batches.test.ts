import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlannedRef } from '../../../../src/core/plan/plan.ts';
import { refKey } from '../../../../src/core/task/identity.ts';
import { batchNumberOf } from '../../../../src/core/umbrella/batch-umbrella.ts';
import { planBatches, type UmbrellaRoom } from '../../../../src/core/umbrella/links/plan-batches.ts';
import { ref } from '../../build-facts.ts';

const room = (childrenTotal: number, batches: UmbrellaRoom['batches'] = []): UmbrellaRoom => ({
  ref: ref(1),
  above: 0,
  title: 'Tides @kim #7',
  childrenTotal,
  movable: Array.from({ length: childrenTotal - batches.length }, (_, n) => ref(1000 - n)),
  batches,
});
const keyOf = (place: PlannedRef): string => ('item' in place ? place.item : refKey(place));
const countsOf = (places: readonly PlannedRef[] = []) => {
  const counts: Record<string, number> = {};
  for (const place of places) counts[keyOf(place)] = (counts[keyOf(place)] ?? 0) + 1;
  return counts;
};

test('what fits goes under the umbrella itself', () => {
  expect(planBatches(room(97), 3)).toEqual({ items: [], parents: [ref(1), ref(1), ref(1)] });
});

test('one more than fits makes a batch, which takes a place itself', () => {
  const plan = planBatches(room(97), 4);
  expect(plan?.items.map(({ id, change }) => [id, change.kind])).toEqual([['batch-2', 'create_issue']]);
  expect(countsOf(plan?.parents)).toEqual({ 'octo/harbor#1': 2, 'batch-2': 2 });
});

test('a batch is titled and marked so that it is found again, and its text names nobody', () => {
  const change = planBatches(room(97), 4)?.items[0]?.change;
  expect(change).toMatchObject({ parent: ref(1), title: 'Tides @kim #7 (batch 2)', key: 'batch/octo/harbor/1/2' });
  const body = change?.kind === 'create_issue' ? change.body : '';
  expect(batchNumberOf(body, ref(1))).toBe(2);
  expect(body).not.toMatch(/@kim|#7/);
});

test('standing batches are filled in their order before a new one is made', () => {
  const batches = [
    { ref: ref(52), number: 3, childrenTotal: 100 },
    { ref: ref(51), number: 2, childrenTotal: 98 },
  ];
  expect(planBatches(room(100, batches), 2)).toEqual({ items: [], parents: [ref(51), ref(51)] });
  const plan = planBatches(room(99, batches), 5);
  expect(plan?.items[0]?.change).toMatchObject({ key: 'batch/octo/harbor/1/4' });
  expect(countsOf(plan?.parents)).toEqual({ 'octo/harbor#51': 2, 'batch-4': 3 });
});

test('a full umbrella gives its last child to the batch before the batch comes under it', () => {
  const plan = planBatches(room(100), 1);
  expect(plan?.items.map(({ id, change, needs }) => [id, change.kind, needs])).toEqual([
    ['batch-2', 'create_issue', []],
    ['room-batch-2', 'add_sub_issue', []],
    ['link-batch-2', 'add_sub_issue', ['room-batch-2']],
  ]);
  expect(plan?.items[0]?.change).toMatchObject({ parent: null });
  expect(plan?.items[1]?.change).toEqual({
    kind: 'add_sub_issue',
    parent: { item: 'batch-2' },
    child: ref(1000),
    replaceParent: true,
  });
});

test('more than a hundred batches would hold is refused', () => {
  expect(planBatches(room(0), 10_000)).not.toBeNull();
  expect(planBatches(room(0), 10_001)).toBeNull();
});

describe('whatever stands there', () => {
  const rooms = fc
    .record({ own: fc.nat(95), fills: fc.array(fc.nat(100), { maxLength: 5 }), count: fc.nat(700) })
    .map(({ own, fills, count }) => ({
      count,
      umbrella: room(
        own + fills.length,
        fills.map((childrenTotal, n) => ({ ref: ref(50 + n), number: n + 2, childrenTotal })),
      ),
    }));

  test('every child gets a place, and no issue ends with more than 100', () => {
    fc.assert(
      fc.property(rooms, ({ umbrella, count }) => {
        const plan = planBatches(umbrella, count);
        expect(plan?.parents).toHaveLength(count);
        const counts = countsOf(plan?.parents);
        const total = (key: string, before: number) => (counts[key] ?? 0) + before;
        const made = plan?.items.filter(({ change }) => change.kind === 'create_issue') ?? [];
        const moved = new Set(plan?.items.flatMap(({ id }) => (id.startsWith('room-') ? [id.slice(5)] : [])));
        expect(total('octo/harbor#1', umbrella.childrenTotal + made.length - moved.size)).toBeLessThanOrEqual(100);
        for (const batch of umbrella.batches) {
          expect(total(refKey(batch.ref), batch.childrenTotal)).toBeLessThanOrEqual(100);
        }
        for (const { id } of made) expect(total(id, moved.has(id) ? 1 : 0)).toBeLessThanOrEqual(100);
      }),
    );
  });
});
