import { join } from 'node:path';
import type { BaseFinding } from '../core/risk/conflict-report.ts';
import { fanInOf } from '../core/risk/import-graph.ts';
import type { OpenChange } from '../core/risk/open-change.ts';
import type { PairFinding, PairRisk } from '../core/risk/pair-risk.ts';
import { readPairs } from '../core/risk/read-pairs.ts';
import type { TouchedFile } from '../core/risk/touched-file.ts';
import { findConflicts } from '../git/find-conflicts.ts';
import { importCacheFile } from '../git/imports/import-cache-file.ts';
import { treeOfCommit } from '../git/imports/tree-of-commit.ts';
import type { Head, ResolvedHead } from '../git/list-heads.ts';
import { readTouchedFiles } from '../git/read-touched-files.ts';
import type { OperationContext } from './operation.ts';
import type { OpenClone } from './risk-clone.ts';
import type { ImportsRead, RiskFacts } from './risk-facts.ts';

export interface CloneLook {
  readonly base: ResolvedHead;
  readonly heads: readonly Head[];
  readonly only: ReadonlySet<string> | null;
  readonly isRegenerated: (path: string) => boolean;
  /** Also the lines of changes that conflict with nothing here: to estimate how they meet others. */
  readonly needsAllHunks?: boolean;
}

/** What a clone tells of heads, all of it verified. */
export interface CloneFindings {
  readonly pairs: readonly PairRisk[];
  readonly onBase: ReadonlyMap<string, BaseFinding>;
  /** By name; null where a head's files could not be read. With hunks wherever it may conflict with another. */
  readonly files: ReadonlyMap<string, readonly TouchedFile[] | null>;
}

type Asking = Pick<OperationContext, 'onProgress' | 'stop' | 'machine'>;

/** Trial merges of all pairs that could collide, and the lines of the changes that do. */
export async function lookIntoClone(context: Asking, clone: OpenClone, look: CloneLook): Promise<CloneFindings> {
  const { base, heads, only, isRegenerated, needsAllHunks = false } = look;
  const aborting = context.stop === undefined ? {} : { signal: context.stop };
  const report = await findConflicts(clone.repository, {
    ...{ base, heads, isRegenerated, ...aborting },
    ...(only === null ? {} : { only }),
    cache: clone.trials(),
    onProgress: ({ step, done, total }) =>
      context.onProgress?.({ label: step === 'base' ? 'merging onto the base' : 'merging pairs', done, total }),
  });
  const meeting = new Set(report.pairs.filter(({ finding }) => isHit(finding)).flatMap(({ a, b }) => [a, b]));
  const shown = report.heads.filter(({ name }) => needsAllHunks || meeting.has(name));
  const patches = await readTouchedFiles(clone.repository, { base, heads: shown, ...aborting });
  const withHunks = new Map(shown.map(({ name }, place) => [name, patches[place]]));
  const files = report.heads.map(({ name, onBase, touched }) => {
    const patch = withHunks.get(name);
    return [name, patch?.known ? patch.value : onBase.verdict === 'unknown' ? null : touched] as const;
  });
  return {
    pairs: report.pairs,
    onBase: new Map(report.heads.map(({ name, onBase }) => [name, onBase])),
    files: new Map(files),
  };
}

const isHit = (finding: PairFinding): boolean =>
  'files' in finding && (finding.verdict === 'conflict' || finding.files.length > 0);

/** A change with what trial merges say of it: one that does not merge onto the base is held by that. */
export function withFindings<Change extends OpenChange>(
  change: Change,
  { onBase, files, base }: Pick<CloneFindings, 'onBase' | 'files'> & { readonly base: string },
): Change {
  const held = holdOf(onBase.get(change.name), base);
  return { ...change, files: files.get(change.name) ?? null, heldBy: [...change.heldBy, ...held] };
}

function holdOf(found: BaseFinding | undefined, base: string): readonly string[] {
  if (found?.verdict === 'unknown') return [`nobody can tell whether it merges onto ${base}: ${found.reason}`];
  return found?.verdict === 'conflict' ? [`conflicts with ${base}`] : [];
}

type Meetings = Parameters<typeof readPairs>[0] & { readonly base: ResolvedHead | null };

/** How many files of the base depend on the files in which changes meet, null without a clone; nothing is read where none meet. */
export async function loadDependents(
  { onProgress, machine }: Asking,
  clone: OpenClone | null,
  { base, ...facts }: Meetings,
): Promise<Pick<RiskFacts, 'dependents' | 'imports'>> {
  if (clone === null || base === null || machine?.readsImports === false) return { dependents: null, imports: null };
  const { repository, cacheFolder } = clone;
  const { meets } = readPairs(facts, new Set(facts.changes.map(({ name }) => name)));
  const met = [...new Set([...meets.values()].flatMap((paths) => [...paths]))];
  const paths = met.filter((path) => !facts.isRegenerated(path));
  if (paths.length === 0) return { dependents: new Map(), imports: null };
  const tree = await treeOfCommit(repository, base.tree);
  if (!tree.known) return { dependents: null, imports: null };
  const { cache, save } = importCacheFile(join(cacheFolder, 'imports-1.jsonl'));
  const { readImportGraph } = await import('../git/imports/read-import-graph.ts');
  const graph = await readImportGraph(tree.value, {
    cache,
    onProgress: (done, total) => onProgress?.({ label: 'reading imports', done, total }),
  });
  save();
  const fanIn = fanInOf(graph, paths);
  return {
    dependents: new Map([...fanIn].map(([path, { dependents }]) => [path, dependents])),
    imports: { files: graph.files, unread: sumOf(graph.unread), unresolved: graph.unresolved } satisfies ImportsRead,
  };
}

const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
