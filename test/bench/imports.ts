/**
 * How fast the imports of a tree are read: `npm run bench:imports -- --tree DIR`.
 *
 * Both sides read the same JavaScript and TypeScript files from the disk and resolve what they import, in turns, from nothing
 * each time; the median of the runs counts. The rival is dependency-cruiser, told to follow types too and to look into no
 * package. `sameEdges` is the share of edges that both found among those that either found: file to file within the tree.
 * Ours then reads the tree once more knowing every content, as after a push that changed nothing.
 *
 * Without a tree, one of 2,000 generated files is measured: it imports by every syntax, and nothing odd.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { cruise } from 'dependency-cruiser';
import type { ImportGraph } from '../../src/core/risk/import-graph.ts';
import { type ImportCache, readImportGraph } from '../../src/git/imports/read-import-graph.ts';
import { folderTree, writeGeneratedTree } from './source-folder.ts';

const RUNS = 3;
const SCRIPT = /\.(?:[cm]?[jt]s|[jt]sx)$/;

const { values } = parseArgs({ options: { tree: { type: 'string' }, runs: { type: 'string' } } });
const made = values.tree === undefined ? mkdtempSync(join(tmpdir(), 'parasol-imports-')) : null;
if (made !== null) {
  console.log('No --tree was given: measuring on 2,000 generated files.');
  writeGeneratedTree(made, 2000);
}
const root = resolve(values.tree ?? made ?? '');
if (!existsSync(root)) throw new Error(`There is no folder ${root}: name one with --tree.`);

const ours: Timed<ImportGraph>[] = [];
const theirs: Timed<ReadonlySet<string>>[] = [];
for (let run = 0; run < Number(values.runs ?? RUNS); run += 1) {
  ours.push(await timed(() => readImportGraph(folderTree(root))));
  theirs.push(await timed(() => cruised(root)));
}
const cache: ImportCache = new Map();
await readImportGraph(folderTree(root), { cache });
const again = await timed(() => readImportGraph(folderTree(root), { cache }));

const graph = ours[0]?.value;
const rival = theirs[0]?.value;
if (graph === undefined || rival === undefined) throw new Error('nothing was measured: --runs is at least 1');
const edges = edgesOf(graph);
const both = [...edges].filter((edge) => rival.has(edge)).length;
const scripts = [...folderTree(root).files.keys()].filter((path) => SCRIPT.test(path)).length;
if (made !== null) rmSync(made, { recursive: true });
const figures = {
  files: scripts,
  filesPerSecond: Math.round((graph.files * 1000) / median(ours)),
  rivalFilesPerSecond: Math.round((scripts * 1000) / median(theirs)),
  ratio: Math.round((median(theirs) / median(ours)) * 100) / 100,
  filesPerSecondAgain: Math.round((graph.files * 1000) / again.milliseconds),
  sameEdges: Math.round((both / new Set([...edges, ...rival]).size) * 10_000) / 10_000,
  edges: edges.size,
  rivalEdges: rival.size,
  unresolved: graph.unresolved,
  external: graph.external,
};
const rows = [
  ['files read', `${graph.files}`],
  ['files per second, ours', `${figures.filesPerSecond}`],
  ['files per second, dependency-cruiser', `${figures.rivalFilesPerSecond}`],
  ['  ours over theirs', `${figures.ratio} times (runs: ${ours.map((one, n) => ratio(one, theirs[n])).join(', ')})`],
  ['files per second, nothing changed', `${figures.filesPerSecondAgain}`],
  ['edges, ours and theirs', `${edges.size}, ${rival.size}`],
  ['  found by both', `${both} (${figures.sameEdges})`],
  ['imports of packages, imports that lead nowhere', `${graph.external}, ${graph.unresolved}`],
] as const;
const width = Math.max(...rows.map(([name]) => name.length));
for (const [name, value] of rows) console.log(`${name.padEnd(width)}  ${value}`);
for (const edge of [...edges].filter((one) => !rival.has(one)).slice(0, 5)) console.log(`only ours:   ${edge}`);
for (const edge of [...rival].filter((one) => !edges.has(one)).slice(0, 5)) console.log(`only theirs: ${edge}`);
console.log(JSON.stringify({ bench: 'imports', figures }));

interface Timed<T> {
  readonly value: T;
  readonly milliseconds: number;
}

async function timed<T>(work: () => Promise<T>): Promise<Timed<T>> {
  const start = performance.now();
  const value = await work();
  return { value, milliseconds: performance.now() - start };
}

/** Edges from a script to any file of the tree. */
async function cruised(folder: string): Promise<ReadonlySet<string>> {
  // It resolves `paths` from the working directory.
  process.chdir(folder);
  const configFile = ['tsconfig.json', 'jsconfig.json'].map((name) => join(folder, name)).find(existsSync);
  const { output } = await cruise(
    ['.'],
    {
      baseDir: folder,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
      exclude: { path: '(^|/)node_modules/' },
      ...(configFile === undefined ? {} : { tsConfig: { fileName: configFile } }),
    },
    { extensions: ['.ts', '.tsx', '.mts', '.cts', '.d.ts', '.js', '.jsx', '.mjs', '.cjs', '.json'] },
  );
  if (typeof output === 'string') throw new Error('dependency-cruiser answered with a text');
  const found = output.modules.flatMap(({ source, dependencies }) =>
    dependencies
      .filter(({ couldNotResolve, coreModule, resolved }) => !couldNotResolve && !coreModule && resolved !== source)
      .map(({ resolved }) => `${source} -> ${resolved}`),
  );
  return new Set(found);
}

function edgesOf({ imports }: ImportGraph): ReadonlySet<string> {
  const all = [...imports].flatMap(([from, targets]) => [...targets].map((to) => [from, to] as const));
  return new Set(all.filter(([from]) => SCRIPT.test(from)).map(([from, to]) => `${from} -> ${to}`));
}

function median(runs: readonly Timed<unknown>[]): number {
  const ordered = runs.map(({ milliseconds }) => milliseconds).toSorted((one, other) => one - other);
  return ordered[Math.floor(ordered.length / 2)] ?? Number.NaN;
}

function ratio(one: Timed<unknown>, other: Timed<unknown> | undefined): number {
  return Math.round(((other?.milliseconds ?? Number.NaN) / one.milliseconds) * 10) / 10;
}
