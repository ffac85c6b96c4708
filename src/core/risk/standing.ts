/** Commits outside the base's history with their parents, as `git rev-list --parents` lists them. */
export type CommitGraph = ReadonlyMap<string, readonly string[]>;

/** Where a head stands against the base. */
export interface Standing {
  /** Best common ancestors, sorted; several after criss-cross merges. The head itself where it is merged already. */
  readonly mergeBases: readonly string[];
  /** False while some of the merge bases may be ancestors of others. */
  readonly isSettled: boolean;
  /** The head's commits that the base does not have, itself included. Empty once it is merged. */
  readonly unmerged: ReadonlySet<string>;
}

/** Reads `git rev-list --parents --boundary`; the boundary, marked `-`, belongs to the base and is left out. */
export function readCommitGraph(text: string): CommitGraph {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('-'));
  return new Map(
    lines.map((line) => {
      const [commit = '', ...parents] = line.split(' ');
      return [commit, parents];
    }),
  );
}

/** Walks from a head to where it meets the base: unsettled where it does so in several places. */
export function standingOf(graph: CommitGraph, head: string): Standing {
  const unmerged = new Set<string>();
  const met = new Set<string>();
  const ahead = [head];
  for (let commit = ahead.pop(); commit !== undefined; commit = ahead.pop()) {
    const parents = graph.get(commit);
    if (parents === undefined) met.add(commit);
    else if (!unmerged.has(commit)) {
      unmerged.add(commit);
      ahead.push(...parents);
    }
  }
  return { mergeBases: [...met].sort(), isSettled: met.size <= 1, unmerged };
}

/**
 * Settles a standing that meets the base on its first parents: of several meeting points on that line the newest has all
 * others behind it. `mainLine` gives each of these commits its place, the newest first.
 */
export function settledBy(mainLine: ReadonlyMap<string, number>, standing: Standing): Standing {
  if (standing.isSettled) return standing;
  const places = standing.mergeBases.map((commit) => mainLine.get(commit) ?? Number.NaN);
  const newest = standing.mergeBases[places.indexOf(Math.min(...places))];
  return newest === undefined ? standing : { ...standing, mergeBases: [newest], isSettled: true };
}
