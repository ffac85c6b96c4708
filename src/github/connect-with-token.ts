import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { Octokit } from '@octokit/rest';
import { UserError } from '../core/failure.ts';
import type { GitHubClient } from './client.ts';
import { clientOfOctokit } from './client-of-octokit.ts';
import { retryOptions } from './retry-options.ts';
import { throttleOptions } from './throttle-options.ts';

export interface TokenConnection {
  /** Null reads public data only, at 60 requests an hour and without GraphQL. */
  readonly token: string | null;
  /** `https://api.github.com`, or `https://HOST/api/v3` on a GitHub Enterprise Server. */
  readonly apiUrl?: string;
  /** Only where it is neither `apiUrl` + `/graphql` nor an Enterprise Server's `/api/graphql`. */
  readonly graphqlUrl?: string;
  readonly log?: ConnectionLog;
  readonly pace?: 'github' | 'sandbox';
  /** How long a second of GitHub's clock lasts, in milliseconds; default: 1000. */
  readonly secondMs?: number;
  /** Patience with one request; GitHub itself gives up after 10 s. Default: 30 s. */
  readonly timeoutMs?: number;
  /** How long GitHub may stay silent altogether, whatever is asked, until every request fails at once. Default: no end. */
  readonly patienceMs?: number;
  /** Default: Node's own, which knows of no proxy. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface ConnectionLog {
  readonly debug: (message: string) => void;
  readonly info: (message: string) => void;
  readonly warn: (message: string) => void;
  readonly error: (message: string) => void;
}

const SILENT: ConnectionLog = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const ParasolOctokit = Octokit.plugin(throttling, retry);

/** A client that paces itself, waits at limits and repeats a failed call twice (after 1 and 4 s). */
export function connectWithToken(connection: TokenConnection): GitHubClient {
  const { token, graphqlUrl, log = SILENT, pace = 'github', timeoutMs = 30_000, patienceMs, secondMs } = connection;
  const { fetch = globalThis.fetch } = connection;
  const octokit = new ParasolOctokit({
    auth: token ?? undefined,
    baseUrl: readApiUrl(connection.apiUrl ?? 'https://api.github.com'),
    userAgent: 'parasol',
    log,
    request: { fetch: patientFetch({ timeoutMs, patienceMs, log, fetch }) },
    throttle: throttleOptions({ pace, ...(secondMs === undefined ? {} : { secondMs }) }),
    retry: retryOptions(pace),
  });
  const graphql = graphqlUrl === undefined ? octokit.graphql : octokit.graphql.defaults({ url: graphqlUrl });
  const { rest, paginate, hook } = octokit;
  return clientOfOctokit({ graphql, rest, paginate, hook });
}

function readApiUrl(text: string): string {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new UserError(
      'usage',
      `"${text}" is not an address of a GitHub API.`,
      'Set GITHUB_API_URL to something like https://HOST/api/v3.',
    );
  }
  return text.replace(/\/+$/, '');
}

interface Waiting {
  readonly fetch: typeof globalThis.fetch;
  readonly timeoutMs: number;
  readonly patienceMs: number | undefined;
  readonly log: ConnectionLog;
}

/** Gives up on each request after a while, and on all of them once GitHub has answered none for long enough. */
function patientFetch({
  timeoutMs,
  patienceMs = Number.POSITIVE_INFINITY,
  log,
  fetch,
}: Waiting): typeof globalThis.fetch {
  let silence: { readonly since: number; readonly timeout: unknown } | null = null;
  return async (input, init) => {
    const startedAt = Date.now();
    if (silence !== null && startedAt - silence.since >= patienceMs) throw silence.timeout;
    try {
      const response = await fetch(input, { ...init, signal: init?.signal ?? AbortSignal.timeout(timeoutMs) });
      silence = null;
      return response;
    } catch (error) {
      if (error instanceof Error && error.name === 'TimeoutError') {
        silence = { since: silence?.since ?? startedAt, timeout: error };
        log.warn(`GitHub has not answered for ${Math.round(timeoutMs / 1000)} s; it is asked again.`);
      }
      throw error;
    }
  };
}
