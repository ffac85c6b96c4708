export interface RequestMatch {
  readonly method?: string;
  /** The path without `/api/v3` and query, exactly or as a pattern. */
  readonly path?: string | RegExp;
  /** GitHub's REST operation id (`issues/create-comment`) or a GraphQL operation's name. */
  readonly operation?: string;
}

/** Faults on demand; each applies to requests that arrive after it was asked for. */
export interface FaultControl {
  failNext(fault: { match?: RequestMatch; status?: 403 | 422 | 500 | 502 | 503; times?: number }): void;
  /**
   * Does the work and answers only after `ms`: longer than a client's patience makes a time-out. When the client gives
   * up or the sandbox closes before, the work is not done at all.
   */
  hangNext(fault: { match?: RequestMatch; ms: number; times?: number }): void;
  /** Cuts the connection without an answer; with `afterWrite` only once the work is done, so that the client cannot know. */
  dropConnection(fault?: { match?: RequestMatch; times?: number; afterWrite?: boolean }): void;
  /** Every token's hourly limit is used up until then. */
  primaryLimit(fault: { resetInSeconds: number }): void;
  secondaryLimit(fault: { retryAfterSeconds: number; times?: number; match?: RequestMatch }): void;
  /** From now on reads answer what was true `forMs` ago, as GitHub's replicas sometimes do just after an event. */
  staleReads(fault: { forMs: number }): void;
  /** GraphQL queries that ask for more nodes than this answer 502, as GitHub does after ten seconds. */
  graphqlTimeoutWhenNodesOver(nodes: number): void;
  /** Everything works again. */
  clear(): void;
}
