import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectedRework } from '../../../../src/core/risk/order/conflict-graph.ts';
import { exactOrder } from '../../../../src/core/risk/order/exact-order.ts';
import { improveOrder, reachWithin } from '../../../../src/core/risk/order/improve-order.ts';
import { oldestFirst } from '../../../../src/core/risk/order/oldest-first.ts';
import { orderComponent } from '../../../../src/core/risk/order/order-component.ts';
import { readBacklog } from '../../../../src/core/risk/order/read-backlog.ts';
import { backlogs } from './backlogs.ts';

const uncertain = backlogs({ most: 14, isCertain: false, hasAfter: true }).map(
  ({ items, edges }) => readBacklog(items, edges).graph,
);

describe('a component', () => {
  test('too large for a proof comes within 1 % of the least rework', () => {
    let [searched, least] = [0, 0];
    const large = uncertain.filter(({ weights }) => weights.length > 12);
    fc.assert(
      fc.property(large, (graph) => {
        const { order, isOptimal } = orderComponent(graph);
        expect(isOptimal).toBe(false);
        searched += expectedRework(graph, order);
        least += expectedRework(graph, exactOrder(graph));
      }),
      { numRuns: 25 },
    );
    expect(searched / least).toBeLessThan(1.01);
  });

  test('whose conflicts are certain is solved whole: a ring of 31 spares 15', () => {
    const ring = Array.from({ length: 31 }, (_, vertex) => [(vertex + 30) % 31, (vertex + 1) % 31]);
    const graph = {
      weights: ring.map(() => 1),
      conflicts: ring.map((list) => list.map((other) => ({ other, probability: 1 }))),
      after: ring.map(() => []),
    };
    const { order, isOptimal } = orderComponent(graph);
    expect({ rework: expectedRework(graph, order), isOptimal }).toEqual({ rework: 16, isOptimal: true });
  });
});

test('of 600 that all conflict with each other the heaviest is spared, within the time of a test', () => {
  const vertices = Array.from({ length: 600 }, (_, vertex) => vertex);
  const graph = (probability: number) => ({
    weights: vertices.map((vertex) => (vertex * 7) % 601),
    conflicts: vertices.map((one) =>
      vertices.filter((other) => other !== one).map((other) => ({ other, probability })),
    ),
    after: vertices.map(() => []),
  });
  const sum = graph(1).weights.reduce((all, weight) => all + weight, 0);
  expect(expectedRework(graph(1), orderComponent(graph(1)).order)).toBe(sum - 600);
  expect(expectedRework(graph(0.5), orderComponent(graph(0.5)).order)).toBeLessThan(sum - 1_000);
});

describe('improving an order', () => {
  test('never makes it worse, keeps dependencies and leaves no better single move', () => {
    fc.assert(
      fc.property(uncertain, (graph) => {
        const start = oldestFirst(graph, [...graph.weights.keys()]);
        const order = improveOrder(graph, start, reachWithin(graph));
        const rework = expectedRework(graph, order);
        expect(rework).toBeLessThanOrEqual(expectedRework(graph, start) + 1e-9);
        for (const vertex of order)
          for (const place of order.keys()) {
            const moved = order.filter((other) => other !== vertex).toSpliced(place, 0, vertex);
            const isKept = graph.after.every((list, one) =>
              list.every((earlier) => moved.indexOf(earlier) < moved.indexOf(one)),
            );
            if (isKept) expect(expectedRework(graph, moved)).toBeGreaterThan(rework - 1e-6);
          }
        expect(
          graph.after.flatMap((list, one) => list.filter((earlier) => order.indexOf(earlier) > order.indexOf(one))),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
