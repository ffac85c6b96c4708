import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MergeItem } from '../../../../src/core/risk/order/merge-item.ts';
import { orderMerges } from '../../../../src/core/risk/order/order-merges.ts';
import { backlogs, conflict, mergeItem, NO_CAP, NOW, ordersOf, type RandomBacklog, reworkByHand } from './backlogs.ts';

const namesOf = (places: readonly { readonly name: string }[]): readonly string[] => places.map(({ name }) => name);

function leastRework(backlog: RandomBacklog): number {
  const reworkOf = reworkByHand(backlog);
  let least = Number.POSITIVE_INFINITY;
  for (const order of ordersOf(backlog.items)) least = Math.min(least, reworkOf(order));
  return least;
}

describe('the merge order', () => {
  test('lets a change that conflicts with three others go last', () => {
    const items = ['#1', '#2', '#3', '#4'].map((name, index) => mergeItem(name, 9 - index));
    const edges = [conflict('#1', '#2'), conflict('#1', '#3'), conflict('#4', '#1')];
    const { places, ...rest } = orderMerges(items, edges, NO_CAP);
    expect(namesOf(places)).toEqual(['#2', '#3', '#4', '#1']);
    expect(places[3]).toEqual({
      name: '#1',
      place: 4,
      reason: { kind: 'rest' },
      hitBy: ['#2', '#3', '#4'].map((name) => ({ name, probability: 1 })),
      hits: [],
      hitChance: 1,
      first: { hits: 3, weight: 3 },
      last: { hits: 1, weight: 1 },
      waitDays: 12,
    });
    expect(rest).toEqual({
      rework: { hits: 1, weight: 1 },
      oldestFirst: { hits: 3, weight: 3 },
      proof: 'optimal',
      circles: [],
    });
  });

  test('spares one heavy change rather than three light ones', () => {
    const items = [mergeItem('#1', 1, { weight: 9 }), ...['#2', '#3', '#4'].map((name) => mergeItem(name, 5))];
    const edges = ['#2', '#3', '#4'].map((name) => conflict('#1', name));
    const { places, rework } = orderMerges(items, edges, NO_CAP);
    expect(places.map(({ name, reason }) => [name, reason.kind])).toEqual([
      ['#1', 'independent'],
      ['#2', 'rest'],
      ['#3', 'rest'],
      ['#4', 'rest'],
    ]);
    expect(rework).toEqual({ hits: 3, weight: 3 });
  });

  test('is compared with the oldest first among those that are ready', () => {
    const items = [mergeItem('#1', 9, { ready: false, weight: 9 }), mergeItem('#2', 5, { weight: 2 })];
    const { rework, oldestFirst, proof } = orderMerges(items, [conflict('#1', '#2')], NO_CAP);
    expect({ rework, oldestFirst, proof }).toEqual({
      rework: { hits: 1, weight: 9 },
      oldestFirst: { hits: 1, weight: 9 },
      proof: 'optimal',
    });
  });

  test('is oldest first, then by name, where nothing conflicts', () => {
    const items = [mergeItem('#3', 2), mergeItem('#1', 1), mergeItem('#2', 2)];
    const { places } = orderMerges(items, [], NO_CAP);
    expect(places.map(({ name, reason }) => [name, reason])).toEqual([
      ['#2', { kind: 'free' }],
      ['#3', { kind: 'free' }],
      ['#1', { kind: 'free' }],
    ]);
  });

  test('keeps dependencies though they cost rework, and tells of them', () => {
    const items = [
      mergeItem('#1', 3),
      mergeItem('#2', 2, { after: ['#1'] }),
      mergeItem('#3', 1, { weight: 2, after: ['#gone'] }),
    ];
    const { places } = orderMerges(items, [conflict('#1', '#2'), conflict('#1', '#3')], NO_CAP);
    expect(places.map(({ name, reason }) => [name, reason])).toEqual([
      ['#3', { kind: 'independent' }],
      ['#1', { kind: 'rest' }],
      ['#2', { kind: 'depends_on', names: ['#1'] }],
    ]);
  });

  test('puts what is not ready, and what waits for it, behind all that is', () => {
    const items = [
      mergeItem('#1', 9, { ready: false, priority: 5 }),
      mergeItem('#2', 8, { after: ['#1'] }),
      mergeItem('#3', 1),
    ];
    const { places } = orderMerges(items, [], NO_CAP);
    expect(places.map(({ name, reason }) => [name, reason])).toEqual([
      ['#3', { kind: 'free' }],
      ['#1', { kind: 'not_ready', waitsFor: [] }],
      ['#2', { kind: 'not_ready', waitsFor: ['#1'] }],
    ]);
  });

  test('lifts what a change with priority waits for', () => {
    const items = [mergeItem('#1', 9), mergeItem('#2', 2), mergeItem('#3', 1, { priority: 2, after: ['#2'] })];
    const { places } = orderMerges(items, [], NO_CAP);
    expect(places.map(({ name, reason }) => [name, reason])).toEqual([
      ['#2', { kind: 'needed_by', names: ['#3'] }],
      ['#3', { kind: 'priority', priority: 2 }],
      ['#1', { kind: 'free' }],
    ]);
  });

  test('reports a circle and orders what is in it', () => {
    const items = [
      mergeItem('#1', 3, { after: ['#2'] }),
      mergeItem('#2', 2, { after: ['#1'] }),
      mergeItem('#3', 1, { after: ['#2'] }),
    ];
    const { places, circles } = orderMerges(items, [], NO_CAP);
    expect({ names: namesOf(places), circles }).toEqual({ names: ['#1', '#2', '#3'], circles: [['#1', '#2']] });
  });

  test('counts an edge of a change with itself or with a stranger for nothing, and the likelier of two', () => {
    const edges = [conflict('#1', '#1'), conflict('#1', '#9'), conflict('#1', '#2', 0.2), conflict('#2', '#1', 0.4)];
    const { rework } = orderMerges([mergeItem('#1', 2), mergeItem('#2', 1)], edges, NO_CAP);
    expect(rework).toEqual({ hits: 0.4, weight: 0.4 });
  });

  test('has nothing to say about nothing', () => {
    expect(orderMerges([], [], NO_CAP)).toEqual({
      places: [],
      rework: { hits: 0, weight: 0 },
      oldestFirst: { hits: 0, weight: 0 },
      proof: 'optimal',
      circles: [],
    });
  });
});

describe('what is said to be optimal', () => {
  const edges = ['#2', '#3'].map((other) => conflict('#1', other));

  test('is not where somebody who waited too long goes first at the cost of others', () => {
    const items = [mergeItem('#1', 20), mergeItem('#2', 1), mergeItem('#3', 1)];
    const { places, rework, proof } = orderMerges(items, edges, { ...NO_CAP, maxWaitDays: 5 });
    expect({ names: namesOf(places), hits: rework.hits, proof }).toEqual({
      ...{ names: ['#1', '#2', '#3'], hits: 2, proof: 'capped' },
    });
  });

  test('is where going first costs nobody anything', () => {
    const items = [mergeItem('#2', 20), mergeItem('#3', 20), mergeItem('#1', 1)];
    const { rework, proof } = orderMerges(items, edges, { ...NO_CAP, maxWaitDays: 5 });
    expect({ hits: rework.hits, proof }).toEqual({ hits: 1, proof: 'optimal' });
  });
});

describe('against every possible order', () => {
  test.each([
    { isCertain: true, hasAfter: false },
    { isCertain: false, hasAfter: false },
    { isCertain: false, hasAfter: true },
  ])('none of 7 changes has less expected rework %o', (shape) => {
    fc.assert(
      fc.property(backlogs({ most: 7, ...shape }), (backlog) => {
        const { places, rework, proof } = orderMerges(backlog.items, backlog.edges, NO_CAP);
        const names = namesOf(places);
        for (const { name, after } of backlog.items)
          for (const earlier of after) expect(names.indexOf(earlier)).toBeLessThan(names.indexOf(name));
        expect(proof).toBe('optimal');
        expect(rework.weight).toBeCloseTo(reworkByHand(backlog)(names), 9);
        expect(rework.weight).toBeCloseTo(leastRework(backlog), 9);
      }),
      { numRuns: 60 },
    );
  });

  test('the order does not depend on how items and edges are given', () => {
    const shuffled = backlogs({ most: 20, isCertain: false, hasAfter: true }).chain((backlog) =>
      fc.record({
        backlog: fc.constant(backlog),
        items: fc.shuffledSubarray([...backlog.items], { minLength: backlog.items.length }),
        edges: fc.shuffledSubarray([...backlog.edges], { minLength: backlog.edges.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ backlog, items, edges }) => {
        expect(orderMerges(items, edges, NO_CAP)).toEqual(orderMerges(backlog.items, backlog.edges, NO_CAP));
      }),
      { numRuns: 60 },
    );
  });

  test('never more rework than oldest first, and every change once', () => {
    fc.assert(
      fc.property(backlogs({ most: 40, isCertain: false, hasAfter: true }), (backlog) => {
        const { places, rework, oldestFirst } = orderMerges(backlog.items, backlog.edges, NO_CAP);
        expect([...namesOf(places)].sort()).toEqual(backlog.items.map(({ name }) => name).sort());
        expect(rework.weight).toBeLessThanOrEqual(oldestFirst.weight + 1e-9);
      }),
      { numRuns: 60 },
    );
  });
});

const ageOf = (items: readonly MergeItem[], name: string): number =>
  (Date.parse(NOW) - Date.parse(items.find((item) => item.name === name)?.enteredAt ?? NOW)) / 86_400_000;

/** More than can be merged within 5 days at the rate that comes with them, some stacked, some with priority. */
function crowded(most: number) {
  const facts = fc.record({
    ageHalfDays: fc.nat(18),
    priority: fc.constantFrom(0, 0, 2),
    after: fc.array(fc.nat(most - 1), { maxLength: 1 }),
  });
  return fc.record({
    mergesPerDay: fc.constantFrom(0.7, 1, 2),
    items: fc.array(facts, { minLength: 2, maxLength: most }).map((drawn) =>
      drawn.map(({ ageHalfDays, priority, after }, index) =>
        mergeItem(`#${index}`, ageHalfDays / 2, {
          priority,
          after: after.filter((earlier) => earlier < index).map((earlier) => `#${earlier}`),
        }),
      ),
    ),
  });
}

/** No single move betters what the cap forces here: two have to trade places. */
const STUCK: RandomBacklog = {
  items: [
    mergeItem('#0', 8, { weight: 8 }),
    mergeItem('#1', 17, { weight: 6 }),
    mergeItem('#2', 16, { weight: 8 }),
    mergeItem('#3', 7, { weight: 0 }),
    mergeItem('#4', 13, { weight: 0 }),
  ],
  edges: [conflict('#0', '#1', 0.02), conflict('#1', '#3'), conflict('#3', '#4')],
};

describe('the age cap', () => {
  const limits = { now: NOW, maxWaitDays: 7, mergesPerDay: 1 };

  test('lets a change go in time that would otherwise go last', () => {
    const items = [mergeItem('#1', 6), ...['#2', '#3', '#4'].map((name) => mergeItem(name, 1))];
    const edges = ['#2', '#3', '#4'].map((name) => conflict('#1', name));
    const { places, proof } = orderMerges(items, edges, limits);
    expect(places.map(({ name, reason, waitDays }) => [name, reason.kind, waitDays])).toEqual([
      ['#2', 'independent', 1],
      ['#1', 'overdue', 7],
      ['#3', 'rest', 3],
      ['#4', 'rest', 4],
    ]);
    expect(proof).toBe('capped');
  });

  test('lets those go first who exceed it in any order, even without a recorded rate', () => {
    const items = [
      mergeItem('#1', 1, { priority: 3 }),
      mergeItem('#2', 8),
      mergeItem('#3', 9, { after: ['#4'] }),
      mergeItem('#4', 0),
    ];
    const { places } = orderMerges(items, [], { ...limits, mergesPerDay: null });
    expect(places.map(({ name, reason, waitDays }) => [name, reason.kind, waitDays])).toEqual([
      ['#2', 'overdue', null],
      ['#4', 'overdue', null],
      ['#3', 'overdue', null],
      ['#1', 'priority', null],
    ]);
  });

  test('is no reason to merge what is not ready', () => {
    const items = [mergeItem('#1', 30, { ready: false }), mergeItem('#2', 1)];
    expect(namesOf(orderMerges(items, [], limits).places)).toEqual(['#2', '#1']);
  });

  test('costs no more than it must: of few changes no order in which all are in time has less rework', () => {
    fc.assert(
      fc.property(backlogs({ most: 6, isCertain: false, hasAfter: true }), (backlog) => {
        const ageOf = new Map(
          backlog.items.map(({ name, enteredAt }) => [name, Date.parse(NOW) - Date.parse(enteredAt)]),
        );
        const isInTime = (names: readonly string[]): boolean =>
          names.every((name, place) => (ageOf.get(name) ?? 0) / 86_400_000 + place <= 18);
        const reworkOf = reworkByHand(backlog);
        const inTime = [...ordersOf(backlog.items)].filter(isInTime);
        fc.pre(inTime.length > 0);
        const { rework } = orderMerges(backlog.items, backlog.edges, { ...limits, maxWaitDays: 18 });
        expect(rework.weight).toBeCloseTo(Math.min(...inTime.map(reworkOf)), 6);
      }),
      { numRuns: 300, examples: [[STUCK]] },
    );
  });

  test('is held by all whenever oldest first holds it, and else no wait is longer than the longest there', () => {
    fc.assert(
      fc.property(
        backlogs({ most: 25, isCertain: true, hasAfter: true }),
        fc.constantFrom(0.7, 2, 5),
        (backlog, mergesPerDay) => {
          const capped = orderMerges(backlog.items, backlog.edges, { ...limits, mergesPerDay });
          const oldest = orderMerges(backlog.items, [], { ...NO_CAP, mergesPerDay });
          const longest = Math.max(...oldest.places.map(({ waitDays }) => waitDays ?? 0));
          for (const { waitDays } of capped.places) expect(waitDays).toBeLessThanOrEqual(Math.max(7, longest) + 1e-6);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('is exceeded by no more than must, where nobody is to wait longer than the longest of oldest first', () => {
    fc.assert(
      fc.property(crowded(7), ({ items, mergesPerDay }) => {
        const waitsIn = (names: readonly string[]): readonly number[] =>
          names.map((name, place) => (ageOf(items, name) ?? 0) + place / mergesPerDay);
        const possible = [...ordersOf(items)].map(waitsIn);
        const shortest = Math.min(...possible.map((waits) => Math.max(...waits)));
        const beyond = (waits: readonly number[]): number => waits.filter((days) => days > 5 + 1e-6).length;
        const bearable = possible.filter((waits) => Math.max(...waits) <= Math.max(shortest, 5) + 1e-6);
        const { places } = orderMerges(items, [], { now: NOW, maxWaitDays: 5, mergesPerDay });
        const waits = places.map(({ waitDays }) => waitDays ?? 0);
        expect(Math.max(...waits)).toBeLessThanOrEqual(Math.max(shortest, 5) + 1e-6);
        expect(beyond(waits)).toBe(Math.min(...bearable.map(beyond)));
      }),
      { numRuns: 400 },
    );
  });

  test('lets no third one exceed it where two must and the longest wait takes their places', () => {
    const items = [
      mergeItem('#0', 2),
      mergeItem('#1', 7.5),
      mergeItem('#2', 3.5, { priority: 2 }),
      mergeItem('#3', 4),
      mergeItem('#4', 7.5, { after: ['#2'] }),
    ];
    const { places } = orderMerges(items, [], { ...limits, maxWaitDays: 5 });
    expect(places.map(({ name, reason, waitDays }) => [name, reason.kind, waitDays])).toEqual([
      ['#2', 'overdue', 3.5],
      ['#1', 'overdue', 8.5],
      ['#4', 'overdue', 9.5],
      ['#0', 'overdue', 5],
      ['#3', 'overdue', 8],
    ]);
  });
});
