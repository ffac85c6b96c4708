import type { Octokit } from '@octokit/rest';

/** GitHub as Parasol sees it, whether the Octokit behind it came from a token or from Probot. */
export interface GitHubClient {
  /** Which GitHub it is (`originOf`): what is kept of one is nothing to another. */
  readonly origin: string;
  /**
   * One GraphQL call. Partial answers are facts: a field that was refused comes back as null with its entry in
   * `problems`, and the rest of the answer stays. Throws `UserError` only when there is no answer at all.
   */
  readonly graphql: <T>(query: string, variables?: GraphqlVariables, options?: CallOptions) => Promise<GraphqlReply<T>>;
  /** One method per REST operation. Its raw errors become `UserError` through `githubFailure`. */
  readonly rest: Octokit['rest'];
  readonly paginate: Octokit['paginate'];
  /** Counted since the client was made. */
  readonly usage: () => Usage;
}

export type GraphqlVariables = Readonly<Record<string, unknown>>;

export interface CallOptions {
  /** What is attempted, for the failure's text: `read octo/harbor#12`. */
  readonly tried?: string;
  /** How often a failed call is repeated on a 5xx; 0 for calls that shrink their page instead. */
  readonly retries?: number;
  /** A part of the schema that GitHub, in its preview, shows only to calls that name it (`GraphQL-Features`). */
  readonly feature?: string;
}

export interface GraphqlReply<T> {
  readonly data: T;
  readonly problems: readonly GraphqlProblem[];
}

/** An entry of GraphQL's `errors`. */
export interface GraphqlProblem {
  /** GitHub's own word: `FORBIDDEN`, `NOT_FOUND`, `RATE_LIMITED`; null when it gives none. */
  readonly type: string | null;
  readonly message: string;
  readonly path: readonly (string | number)[];
}

export interface Usage {
  /** Calls of both kinds as Parasol made them; a repeat after a limit or a 5xx is not counted again. */
  readonly requests: number;
  readonly graphqlCalls: number;
  /** Sum of `rateLimit.cost` over the calls that asked for it. */
  readonly graphqlPoints: number;
}
