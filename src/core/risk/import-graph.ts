/** What the sources of a repository import of each other. Paths are the repository's. */
export interface ImportGraph {
  /** File to the files that it imports, each once, itself never. Files that import none of them are absent. */
  readonly imports: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * File to the files that it only declares as parts of its package, such as Rust's `mod x;`. The declaring file depends on
   * them, and whoever uses that file need not.
   */
  readonly declares: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many source files were read. */
  readonly files: number;
  /** Sources in a language that no reader is for, by extension without the dot; those of texts and pictures do not count. */
  readonly unread: ReadonlyMap<string, number>;
  /** Imports that name something outside of the repository: packages, the language's own library. */
  readonly external: number;
  /** Imports that should lead to a file here and lead to none, or whose name is computed: nobody guesses them. */
  readonly unresolved: number;
}

/** How much stands on one file. Of a file in a language that nobody reads (`unread`), nought means nothing. */
export interface FanIn {
  /** Files that import it, directly or through others. */
  readonly dependents: number;
  /** Of those, the ones that import it directly. */
  readonly direct: number;
}

/**
 * How much of the repository depends on each of the given files: the number of files that reach it by imports, cycles
 * counted once, itself never. Files outside of the graph have none. Takes one walk of the graph per file.
 */
export function fanInOf(graph: ImportGraph, paths: readonly string[]): ReadonlyMap<string, FanIn> {
  const importers = turnAround(graph.imports);
  const declarers = turnAround(graph.declares);
  return new Map(paths.map((path) => [path, walkUp(path, importers, declarers)]));
}

type Edges = ReadonlyMap<string, readonly string[]>;

function turnAround(imports: ImportGraph['imports']): Edges {
  const importers = new Map<string, string[]>();
  for (const [importer, imported] of imports) {
    for (const path of imported) {
      const known = importers.get(path);
      if (known === undefined) importers.set(path, [importer]);
      else known.push(importer);
    }
  }
  return importers;
}

function walkUp(start: string, importers: Edges, declarers: Edges): FanIn {
  const seen = new Set([start]);
  const queue = [start];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    for (const importer of importers.get(path) ?? []) {
      if (seen.has(importer)) continue;
      seen.add(importer);
      queue.push(importer);
    }
  }
  const direct = new Set([...(importers.get(start) ?? []), ...(declarers.get(start) ?? [])]);
  return { dependents: new Set([...seen, ...direct]).size - 1, direct: direct.size };
}
