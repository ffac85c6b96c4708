import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { fanInOf, type ImportGraph } from '../../../src/core/risk/import-graph.ts';

type Edges = Readonly<Record<string, readonly string[]>>;

const toSets = (edges: Edges): ImportGraph['imports'] =>
  new Map(Object.entries(edges).map(([path, targets]) => [path, new Set(targets)]));

const graphOf = (imports: Edges, declares: Edges = {}): ImportGraph => ({
  imports: toSets(imports),
  declares: toSets(declares),
  files: 0,
  unread: new Map(),
  external: 0,
  unresolved: 0,
});

it('files that import a file through others depend on it too, each once, also in a circle', () => {
  const graph = graphOf({ a: ['b'], b: ['c', 'd'], c: ['a'], e: ['d', 'c'] });
  expect(fanInOf(graph, ['a', 'd', 'e', 'elsewhere'])).toEqual(
    new Map([
      ['a', { dependents: 3, direct: 1 }],
      ['d', { dependents: 4, direct: 2 }],
      ['e', { dependents: 0, direct: 0 }],
      ['elsewhere', { dependents: 0, direct: 0 }],
    ]),
  );
});

it('a file that declares another depends on it, and those that use the declaring file do not for that', () => {
  const graph = graphOf({ gate: ['lib'], quay: ['lib', 'wide'] }, { lib: ['leaf', 'wide', 'gate', 'quay'] });
  expect(fanInOf(graph, ['leaf', 'wide', 'lib'])).toEqual(
    new Map([
      ['leaf', { dependents: 1, direct: 1 }],
      ['wide', { dependents: 2, direct: 2 }],
      ['lib', { dependents: 2, direct: 2 }],
    ]),
  );
});

test('a file has at least as many dependents as any file that imports it and is in no circle with it', () => {
  const names = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const edges = fc.array(fc.tuple(names, names), { maxLength: 14 });
  fc.assert(
    fc.property(edges, (list) => {
      // Names come later in the alphabet than what they import: no circles.
      const forward = list.filter(([from, to]) => from > to);
      const imports: Record<string, string[]> = {};
      for (const [from, to] of forward) imports[from] = [...(imports[from] ?? []), to];
      const fanIn = fanInOf(graphOf(imports), ['a', 'b', 'c', 'd', 'e', 'f']);
      for (const [from, to] of forward)
        expect(fanIn.get(to)?.dependents).toBeGreaterThan(fanIn.get(from)?.dependents ?? Number.NaN);
    }),
  );
});
