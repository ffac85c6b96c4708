import { setImmediate } from 'node:timers/promises';
import * as actions from '@actions/core';
import type { GitHubClient } from '../src/github/client.ts';
import { connectWithToken } from '../src/github/connect-with-token.ts';
import { CONFIG_QUERY } from '../src/github/queries/config-queries.ts';
import { fetchFirstOnce } from './fetch-first-once.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * GitHub by the token of the step, with the command's first question on its way already: GitHub answers it while the rest
 * of the program is still read from disk, and whoever asks it then gets that answer. Where the question cannot be told so
 * early, nothing is asked. Throws `usage` where the address of the API is none.
 */
export async function connectEarly(env: Environment): Promise<GitHubClient> {
  const token = actions.getInput('github-token') || null;
  const { GITHUB_API_URL: apiUrl = 'https://api.github.com', GITHUB_GRAPHQL_URL: graphqlUrl = `${apiUrl}/graphql` } =
    env;
  let noteAsked = (): void => {};
  const asked = new Promise<void>((resolve) => {
    noteAsked = resolve;
  });
  const client = connectWithToken({
    ...{ token, apiUrl, graphqlUrl },
    fetch: fetchFirstOnce(await ownFetch(env), noteAsked),
    log: { debug: actions.debug, info: actions.debug, warn: actions.info, error: actions.info },
  });
  const answer = token === null ? null : askFirst(client, env);
  if (answer === null) return client;
  // What becomes of it is told to whoever asks the same.
  await Promise.race([asked, answer.catch(() => {})]);
  for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
  return client;
}

/**
 * Of the event loop, in which a connection is begun and, where the other end is near, the question is sent: reading the
 * rest of the program would hold them up. Nobody waits for a connection that takes longer.
 */
const TURNS = 8;

const ASKED_OF_CONFIGURATION: ReadonlySet<string> = new Set(['', 'readiness', 'risk', 'backfill', 'today']);

/** What the command begins with: the configuration, or the umbrella that its input names by number. */
function askFirst(client: GitHubClient, { GITHUB_REPOSITORY: repository = '' }: Environment): Promise<unknown> | null {
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(repository) ?? [];
  if (owner === undefined || repo === undefined) return null;
  if (ASKED_OF_CONFIGURATION.has(actions.getInput('command'))) return client.graphql(CONFIG_QUERY, { owner, repo });
  const number = /^#?(\d{1,9})$/.exec(actions.getInput('umbrella'))?.[1];
  return number === undefined ? null : client.rest.issues.get({ owner, repo, issue_number: Number(number) });
}

const PROXIES = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'] as const;

/** The way through a proxy is large: it is read only where there is one. */
async function ownFetch(env: Environment): Promise<typeof globalThis.fetch> {
  if (PROXIES.every((name) => !env[name])) return globalThis.fetch;
  const { proxiedFetch } = await import('./proxied-fetch.ts');
  return proxiedFetch();
}
