import { type FileIndex, filesMet, indexFiles } from './met-files.ts';
import type { OpenChange } from './open-change.ts';
import type { ConflictEdge } from './order/merge-item.ts';
import { type PairRisk, type StackedPair, stackOf } from './pair-risk.ts';
import { isManual } from './risk-of-pull-request.ts';
import type { TouchedFile } from './touched-file.ts';

/** A pair that conflicts in nothing but files that are made anew: shown, and no reason for any order. */
export interface RegeneratePair {
  readonly a: string;
  readonly b: string;
  readonly basis: 'verified' | 'estimated';
  readonly paths: readonly string[];
}

export interface UnknownPair {
  readonly a: string;
  readonly b: string;
  readonly reason: string;
}

/** What the findings about pairs mean for an order. */
export interface ReadPairs {
  readonly edges: readonly (ConflictEdge & { readonly basis: 'verified' | 'estimated' })[];
  /** Also of a change with one that is left out. */
  readonly stacks: readonly StackedPair[];
  readonly regenerate: readonly RegeneratePair[];
  /** Nobody knows whether they conflict: no edge, and to be said. */
  readonly unknown: readonly UnknownPair[];
  /** By name, the files of a change in which it meets others that it may conflict with; empty where it touches none of them. */
  readonly meets: ReadonlyMap<string, readonly TouchedFile[]>;
}

interface PairFacts {
  readonly changes: readonly OpenChange[];
  readonly pairs: readonly PairRisk[];
  readonly isRegenerated: (path: string) => boolean;
}

/** Reads the findings about those that are named; of the others only who stands on them. */
export function readPairs(facts: PairFacts, names: ReadonlySet<string>): ReadPairs {
  const ofNamed = facts.pairs.filter(({ a, b }) => names.has(a) && names.has(b));
  const meetings = meetingsOf(facts, ofNamed);
  const edges = meetings.filter(({ files }) => isManual(files));
  return {
    edges: edges.map(({ a, b, basis, probability }) => ({ a, b, basis, probability })),
    stacks: facts.pairs.flatMap(({ finding }) => {
      const stack = stackOf(finding);
      return stack !== null && names.has(stack.dependent) ? [{ dependent: stack.dependent, on: stack.on }] : [];
    }),
    regenerate: meetings
      .filter(({ files }) => !isManual(files))
      .map(({ a, b, basis, files }) => ({ a, b, basis, paths: files.map(({ path }) => path) })),
    unknown: ofNamed.flatMap(({ a, b, finding }) =>
      'verdict' in finding && finding.verdict === 'unknown' ? [{ a, b, reason: finding.reason }] : [],
    ),
    meets: metFiles(facts.changes, edges),
  };
}

/**
 * Estimates are never nought, and a busy repository has a hundred thousand pairs that share a path. Below this one of them
 * is no reason to order anything: of path-sharing pairs about one in twelve conflicts in public histories.
 */
const SLIGHT = 0.05;

interface Meeting extends ConflictEdge {
  readonly basis: 'verified' | 'estimated';
  readonly files: readonly MetFile[];
}

interface MetFile {
  readonly path: string;
  readonly regenerate: boolean;
}

/** Pairs that may conflict, and in what: an estimate means the paths that both touch. */
function meetingsOf({ changes, isRegenerated }: PairFacts, pairs: readonly PairRisk[]): readonly Meeting[] {
  const filesOf = new Map(changes.map(({ name, files }) => [name, files ?? []]));
  return pairs.flatMap(({ a, b, finding }): readonly Meeting[] => {
    if (finding.basis === 'estimated') {
      if (finding.probability < SLIGHT) return [];
      const paths = sharedPaths(filesOf.get(a), filesOf.get(b));
      const files = paths.map((path) => ({ path, regenerate: isRegenerated(path) }));
      return [{ a, b, basis: 'estimated', probability: finding.probability, files }];
    }
    // Who stands on another conflicts with it in nothing, as a rule.
    const isHit = finding.verdict === 'conflict' || (finding.verdict === 'depends_on' && finding.files.length > 0);
    return isHit ? [{ a, b, basis: 'verified', probability: 1, files: finding.files }] : [];
  });
}

/** New and old paths alike. */
function sharedPaths(one: readonly TouchedFile[] = [], other: readonly TouchedFile[] = []): readonly string[] {
  const paths = (files: readonly TouchedFile[]): readonly string[] =>
    files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
  const known = new Set(paths(other));
  return [...new Set(paths(one))].filter((path) => known.has(path));
}

function metFiles(
  changes: readonly OpenChange[],
  meetings: readonly Meeting[],
): ReadonlyMap<string, readonly TouchedFile[]> {
  const meets = new Map<string, Set<TouchedFile>>();
  const indexOf = indexesOf(changes);
  for (const { a, b, files } of meetings)
    for (const [name, other] of [
      [a, b],
      [b, a],
    ] as const) {
      const met = meets.get(name) ?? new Set();
      for (const { path } of files) for (const file of filesMet(path, indexOf(name), indexOf(other))) met.add(file);
      meets.set(name, met);
    }
  return new Map([...meets].map(([name, met]) => [name, [...met]]));
}

/** Most changes of a busy repository meet nobody: each is indexed when it is first asked for. */
function indexesOf(changes: readonly OpenChange[]): (name: string) => FileIndex {
  const filesOf = new Map(changes.map(({ name, files }) => [name, files ?? []]));
  const indexes = new Map<string, FileIndex>();
  return (name) => {
    const index = indexes.get(name) ?? indexFiles(filesOf.get(name) ?? []);
    indexes.set(name, index);
    return index;
  };
}
