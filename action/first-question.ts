import { CONFIG_QUERY } from '../src/github/queries/config-queries.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A request, down to the letter: whoever asks the same gets the same answer. */
export interface Question {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
}

interface Api {
  readonly apiUrl: string;
  readonly graphqlUrl: string;
}

/** Where GitHub is, as the runner says; an Enterprise Server, which alone has `/api/v3`, answers GraphQL beside it. */
export function apiOf({ GITHUB_API_URL, GITHUB_GRAPHQL_URL }: Environment): Api {
  const apiUrl = (GITHUB_API_URL || 'https://api.github.com').replace(/\/+$/, '');
  return { apiUrl, graphqlUrl: GITHUB_GRAPHQL_URL || `${apiUrl.replace(/\/api\/v3$/, '/api')}/graphql` };
}

/** As the toolkit reads an input, which is too much to be read before the first question. */
export const inputOf = (env: Environment, name: string): string => (env[`INPUT_${name.toUpperCase()}`] ?? '').trim();

/** What a header can hold, and every token of GitHub's is made of. */
export const isToken = (text: string): boolean => /^[!-~]+$/.test(text);

const ASKED_OF_CONFIGURATION: ReadonlySet<string> = new Set(['', 'readiness', 'risk', 'backfill', 'today']);

/**
 * What the command begins with: the configuration, or the umbrella that its input names by number. Null where it cannot be
 * told before the program is read.
 */
export function firstQuestionOf(env: Environment): Question | null {
  const { apiUrl, graphqlUrl } = apiOf(env);
  const [, owner, repo] = /^([\w.-]+)\/([\w.-]+)$/.exec(env.GITHUB_REPOSITORY ?? '') ?? [];
  if (owner === undefined || repo === undefined) return null;
  if (ASKED_OF_CONFIGURATION.has(inputOf(env, 'command'))) {
    const body = JSON.stringify({ query: CONFIG_QUERY, variables: { owner, repo } });
    return { method: 'POST', url: graphqlUrl, body };
  }
  const number = /^#?(\d{1,9})$/.exec(inputOf(env, 'umbrella'))?.[1];
  const path = `repos/${owner}/${repo}/issues/${Number(number)}`;
  return number === undefined ? null : { method: 'GET', url: `${apiUrl}/${path}` };
}
