import * as actions from '@actions/core';
import type { GitHubClient } from '../src/github/client.ts';
import { connectWithToken } from '../src/github/connect-with-token.ts';
import { type FirstAnswer, hasProxy } from './ask-first.ts';
import { fetchAfterFirst } from './fetch-after-first.ts';
import { apiOf, type Environment } from './first-question.ts';
import { logLine } from './log-line.ts';

/**
 * GitHub by the token of the step, with what it was asked already. Octokit logs every refused request as an error, also for a
 * file that need not be there: what matters of them the report says. Throws `usage` where the address of the API is none.
 */
export async function connectJob(env: Environment, first: FirstAnswer | null): Promise<GitHubClient> {
  return connectWithToken({
    ...apiOf(env),
    token: actions.getInput('github-token') || null,
    fetch: fetchAfterFirst(await ownFetch(env), first),
    log: {
      debug: actions.debug,
      info: actions.debug,
      warn: (message) => actions.info(logLine(message)),
      error: actions.debug,
    },
  });
}

/** The way through a proxy is large: it is read only where there is one. */
async function ownFetch(env: Environment): Promise<typeof globalThis.fetch> {
  if (!hasProxy(env)) return globalThis.fetch;
  const { proxiedFetch } = await import('./proxied-fetch.ts');
  return proxiedFetch();
}
