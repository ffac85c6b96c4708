import { type Meeting, readMeetings } from './meetings.ts';
import type { OpenChange } from './open-change.ts';
import type { ConflictEdge } from './order/merge-item.ts';
import { type PairRisk, type StackedPair, stackOf } from './pair-risk.ts';
import { type ReadFiles, readFiles } from './read-files.ts';
import { isManual } from './risk-of-pull-request.ts';
import type { TouchedFile } from './touched-file.ts';
import { withoutInherited } from './without-inherited.ts';

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
  /** Without conflicts that a dependent only has because of what it stands on. */
  readonly edges: readonly (ConflictEdge & { readonly basis: 'verified' | 'estimated' })[];
  /** Also of a change with one that is left out. */
  readonly stacks: readonly StackedPair[];
  readonly regenerate: readonly RegeneratePair[];
  /** Nobody knows whether they conflict: no edge, and to be said. */
  readonly unknown: readonly UnknownPair[];
  /**
   * By name, the files of a change in which it meets others that it may conflict with, with its lines since what it stands
   * on; empty where none of that is its own.
   */
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
  const below = belowOf(facts.pairs);
  const files = readFiles(facts.changes, below);
  const all = readMeetings(facts, ofNamed);
  const meetings = withoutInherited(all, { below, files });
  const edges = meetings.filter((meeting) => isManual(meeting.files));
  return {
    edges: edges.map(({ a, b, basis, probability }) => ({ a, b, basis, probability })),
    stacks: facts.pairs.flatMap(({ finding }) => {
      const stack = stackOf(finding);
      return stack !== null && names.has(stack.dependent) ? [{ dependent: stack.dependent, on: stack.on }] : [];
    }),
    regenerate: meetings
      .filter((meeting) => !isManual(meeting.files))
      .map(({ a, b, basis, files: met }) => ({ a, b, basis, paths: met.map(({ path }) => path) })),
    unknown: ofNamed.flatMap(({ a, b, finding }) =>
      'verdict' in finding && finding.verdict === 'unknown' ? [{ a, b, reason: finding.reason }] : [],
    ),
    meets: metFiles(
      edges,
      files,
      all.filter((meeting) => isManual(meeting.files)),
    ),
  };
}

/** By name, all that a change stands on: pairs tell of every level. */
function belowOf(pairs: readonly PairRisk[]): ReadonlyMap<string, readonly string[]> {
  const below = new Map<string, string[]>();
  for (const { finding } of pairs) {
    const stack = stackOf(finding);
    if (stack === null) continue;
    const known = below.get(stack.dependent);
    if (known === undefined) below.set(stack.dependent, [stack.on]);
    else known.push(stack.on);
  }
  return below;
}

/** Also of those that only inherit what they meet: in nothing of their own. */
function metFiles(
  edges: readonly Meeting[],
  files: ReadFiles,
  all: readonly Meeting[],
): ReadonlyMap<string, readonly TouchedFile[]> {
  const meets = new Map(all.flatMap(({ a, b }) => [a, b].map((name) => [name, new Set<TouchedFile>()] as const)));
  for (const { a, b, files: met } of edges)
    for (const [name, other] of [
      [a, b],
      [b, a],
    ] as const)
      for (const { path } of met)
        for (const { own } of files.met(name, other, path)) if (own !== null) meets.get(name)?.add(own);
  return new Map([...meets].map(([name, own]) => [name, [...own]]));
}
