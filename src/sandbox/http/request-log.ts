/** One request that the sandbox answered. */
export interface RequestEntry {
  readonly method: string;
  /** Path and query as the client sent them. */
  readonly path: string;
  /** GitHub's operation id (`issues/create`), a GraphQL operation's name, or null where nothing is modelled. */
  readonly operation: string | null;
  /** 0 when the connection was dropped or left hanging. */
  readonly status: number;
  /** REST: GitHub's secondary points (1 to read, 5 to write, 0 for a 304). GraphQL: the query's cost. */
  readonly points: number;
  /** GraphQL: nodes that the query asked for at most; otherwise 0. */
  readonly nodes: number;
  /** A mutating REST method or a GraphQL mutation; issuing a token is not a write to a repository. */
  readonly isWrite: boolean;
  /** The sandbox has no such route, so its 501 says nothing about GitHub. */
  readonly unmodelled: boolean;
  readonly login: string | null;
}

export interface RequestLog {
  /** In the order in which they were answered. */
  readonly entries: readonly RequestEntry[];
  writes(): readonly RequestEntry[];
  unmodelled(): readonly RequestEntry[];
  /** Forgets everything, including requests that are still under way. */
  reset(): void;
  /** Resolves once no request is under way. */
  idle(): Promise<void>;
}

export interface RecordingLog extends RequestLog {
  /** Announces a request under way; the function that it gives back records the answer. */
  begin(): (entry: RequestEntry) => void;
}

/** A log that many requests write at once: one begun before `reset()` never shows up after it. */
export function createRequestLog(): RecordingLog {
  const entries: RequestEntry[] = [];
  let generation = 0;
  let underWay = 0;
  let waiting: (() => void)[] = [];

  const begin = () => {
    const begunIn = generation;
    underWay += 1;
    return (entry: RequestEntry) => {
      if (begunIn === generation) entries.push(entry);
      underWay -= 1;
      if (underWay > 0) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    };
  };
  return {
    entries,
    writes: () => entries.filter((entry) => entry.isWrite),
    unmodelled: () => entries.filter((entry) => entry.unmodelled),
    reset: () => {
      entries.length = 0;
      generation += 1;
    },
    idle: () => (underWay === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    begin,
  };
}
