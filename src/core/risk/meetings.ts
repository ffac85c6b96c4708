import { once } from './once.ts';
import type { OpenChange } from './open-change.ts';
import type { ConflictEdge } from './order/merge-item.ts';
import type { ConflictingFile, PairRisk } from './pair-risk.ts';
import type { TouchedFile } from './touched-file.ts';

/** Two changes that may conflict, and in what: an estimate means the paths that both touch. */
export interface Meeting extends ConflictEdge {
  readonly basis: 'verified' | 'estimated';
  readonly files: readonly MetFile[];
}

export interface MetFile {
  readonly path: string;
  readonly regenerate: boolean;
  /** What the trial merge tells of the conflict; null of an estimate. */
  readonly found: Pick<ConflictingFile, 'kind' | 'ranges'> | null;
}

/**
 * Estimates are never nought, and a busy repository has a hundred thousand pairs that share a path. Below this one of them
 * is no reason to order anything: of path-sharing pairs about one in twelve conflicts in public histories.
 */
const SLIGHT = 0.05;

interface MeetingFacts {
  readonly changes: readonly OpenChange[];
  readonly isRegenerated: (path: string) => boolean;
}

export function readMeetings({ changes, isRegenerated }: MeetingFacts, pairs: readonly PairRisk[]): readonly Meeting[] {
  const filesOf = new Map(changes.map(({ name, files }) => [name, files ?? []]));
  const pathsOf = once((name: string) => placesOfPaths(filesOf.get(name) ?? []));
  const isAnew = once(isRegenerated);
  return pairs.flatMap(({ a, b, finding }): readonly Meeting[] => {
    if (finding.basis === 'estimated') {
      if (finding.probability < SLIGHT) return [];
      const paths = sharedPaths(pathsOf(a), pathsOf(b));
      const files = paths.map((path) => ({ path, regenerate: isAnew(path), found: null }));
      return [{ a, b, basis: 'estimated', probability: finding.probability, files }];
    }
    // Who stands on another conflicts with it in nothing, as a rule.
    const isHit = finding.verdict === 'conflict' || (finding.verdict === 'depends_on' && finding.files.length > 0);
    if (!isHit) return [];
    const files = finding.files.map(({ path, regenerate, ...found }) => ({ path, regenerate, found }));
    return [{ a, b, basis: 'verified', probability: 1, files }];
  });
}

type PlacesOfPaths = ReadonlyMap<string, number>;

/** New and old paths alike, each with its place among them. */
function placesOfPaths(files: readonly TouchedFile[]): PlacesOfPaths {
  const paths = files.flatMap(({ path, oldPath }) => (oldPath === undefined ? [path] : [path, oldPath]));
  return new Map([...new Set(paths)].map((path, place) => [path, place]));
}

/** In the order of the first; searched for in the larger, as one of them may have thousands. */
function sharedPaths(one: PlacesOfPaths, other: PlacesOfPaths): readonly string[] {
  if (one.size <= other.size) return [...one.keys()].filter((path) => other.has(path));
  const shared = [...other.keys()].filter((path) => one.has(path));
  return shared.sort((first, second) => (one.get(first) ?? 0) - (one.get(second) ?? 0));
}
