/** A stretch of history, children before their parents. */
export interface Ancestry {
  readonly places: ReadonlyMap<string, number>;
  /** By place; parents outside the stretch are left out. Each is at a higher place. */
  readonly parents: readonly (readonly number[])[];
}

/** Reads `git rev-list --topo-order --parents`. */
export function readAncestry(text: string): Ancestry {
  const lines = text.split('\n').filter(Boolean);
  const commits = lines.map((line) => line.split(' '));
  const places = new Map(commits.map(([commit = ''], place) => [commit, place]));
  const parents = commits.map(([, ...ids]) => ids.flatMap((id) => places.get(id) ?? []));
  return { places, parents };
}

/**
 * Those of the commits that are no ancestors of another of them, sorted: of all the places where a head left the base, its
 * merge bases. Null where the stretch does not hold them all. Each commit of it is looked at once at most.
 */
export function independentOf({ places, parents }: Ancestry, commits: readonly string[]): readonly string[] | null {
  const asked = new Map(commits.map((commit) => [places.get(commit) ?? -1, commit]));
  if (asked.has(-1)) return null;
  const last = Math.max(...asked.keys());
  const behind = new Uint8Array(last + 1);
  for (let place = Math.min(...asked.keys()); place <= last; place += 1) {
    if (behind[place] === 0 && !asked.has(place)) continue;
    for (const parent of parents[place] ?? []) if (parent <= last) behind[parent] = 1;
  }
  return [...asked].flatMap(([place, commit]) => (behind[place] === 0 ? [commit] : [])).sort();
}
