import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { independentSet, type SetGraph } from '../../../../src/core/risk/order/independent-set.ts';
import { searchIndependentSet } from '../../../../src/core/risk/order/search-independent-set.ts';

const MANY = 1_000_000;

function setGraph(weights: readonly number[], pairs: readonly (readonly [number, number])[]): SetGraph {
  const isJoined = (one: number, other: number): boolean =>
    one !== other && pairs.some(([a, b]) => (a === one && b === other) || (a === other && b === one));
  const vertices = [...weights.keys()];
  return { weights, neighbours: vertices.map((one) => vertices.filter((other) => isJoined(one, other))) };
}

const graphs = (most: number): fc.Arbitrary<SetGraph> =>
  fc.integer({ min: 1, max: most }).chain((count) => {
    const vertex = fc.nat(count - 1);
    const weights = fc.array(fc.nat(9), { minLength: count, maxLength: count });
    return fc
      .tuple(weights, fc.array(fc.tuple(vertex, vertex), { maxLength: count * 2 }))
      .map(([w, p]) => setGraph(w, p));
  });

const weigh = ({ weights }: SetGraph, set: readonly number[]): number =>
  set.reduce((sum, vertex) => sum + (weights[vertex] ?? 0), 0);

const isIndependent = ({ neighbours }: SetGraph, set: readonly number[]): boolean =>
  set.every((one) => set.every((other) => neighbours[one]?.includes(other) === false));

function heaviestByHand(graph: SetGraph): number {
  let heaviest = 0;
  for (let bits = 0; bits < 2 ** graph.weights.length; bits += 1) {
    const set = [...graph.weights.keys()].filter((vertex) => (bits & (1 << vertex)) !== 0);
    if (isIndependent(graph, set)) heaviest = Math.max(heaviest, weigh(graph, set));
  }
  return heaviest;
}

describe('the heaviest independent set', () => {
  test.each([
    [
      'a path: both ends and the middle',
      [1, 1, 1, 1, 1],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
      ],
      [0, 2, 4],
    ],
    [
      'a heavy middle',
      [2, 5, 2],
      [
        [0, 1],
        [1, 2],
      ],
      [1],
    ],
    [
      'a ring of five: two that do not touch',
      [1, 1, 1, 1, 1],
      [
        [0, 1],
        [1, 2],
        [2, 3],
        [3, 4],
        [4, 0],
      ],
      2,
    ],
    ['nothing joined: all', [0, 1, 0], [], [0, 1, 2]],
  ] as const)('%s', (_, weights, pairs, expected) => {
    const set = independentSet(setGraph(weights, pairs), MANY);
    if (typeof expected === 'number') expect(set).toHaveLength(expected);
    else expect(set).toEqual(expected);
  });

  test('is as heavy as the heaviest of all sets', () => {
    fc.assert(
      fc.property(graphs(11), (graph) => {
        const set = independentSet(graph, MANY) ?? [];
        expect([isIndependent(graph, set), weigh(graph, set)]).toEqual([true, heaviestByHand(graph)]);
      }),
      { numRuns: 150 },
    );
  });

  test('is given up where the proof takes too long', () => {
    const count = 40;
    const pairs = Array.from({ length: count * 4 }, (_, index) => [index % count, (index * 7 + 3) % count] as const);
    const weights = Array.from({ length: count }, () => 1);
    expect(independentSet(setGraph(weights, pairs), 50)).toBeNull();
  });

  test('is nearly always found by the search too', () => {
    let [found, heaviest] = [0, 0];
    fc.assert(
      fc.property(graphs(45), (graph) => {
        const searched = searchIndependentSet(graph, { mostSteps: 2_000, mostVisits: MANY });
        const proven = weigh(graph, independentSet(graph, MANY) ?? []);
        expect([isIndependent(graph, searched), weigh(graph, searched) <= proven]).toEqual([true, true]);
        found += weigh(graph, searched);
        heaviest += proven;
      }),
      { numRuns: 100 },
    );
    expect(found / heaviest).toBeGreaterThan(0.99);
  });
});
