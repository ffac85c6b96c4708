import type { GraphqlResponseError } from '@octokit/graphql';
import type { Octokit } from '@octokit/rest';
import type { CallOptions, GitHubClient, GraphqlProblem, GraphqlReply, GraphqlVariables } from './client.ts';
import { githubFailure, lacksScope } from './github-failure.ts';
import { originOf } from './origin-of.ts';
import { withoutTeams } from './queries/connections.ts';
import { waitForLimit } from './wait-for-limit.ts';

/** What is needed of an Octokit: one from a token, or Probot's for one installation (`await app.auth(id)`). */
interface OctokitLike {
  readonly graphql: (query: string, variables?: Record<string, unknown>) => Promise<unknown>;
  readonly rest: Octokit['rest'];
  readonly paginate: Octokit['paginate'];
  readonly hook: { readonly before: (name: 'request', callback: () => void) => unknown };
}

const clients = new WeakMap<OctokitLike, GitHubClient>();

/** The same client for the same Octokit, so that usage is counted once. */
export function clientOfOctokit(octokit: OctokitLike): GitHubClient {
  const client = clients.get(octokit) ?? buildClient(octokit);
  clients.set(octokit, client);
  return client;
}

function buildClient(octokit: OctokitLike): GitHubClient {
  const used = { requests: 0, graphqlCalls: 0, graphqlPoints: 0 };
  octokit.hook.before('request', () => {
    used.requests += 1;
  });

  let mayReadTeams = true;

  async function askOnce<T>(query: string, variables: GraphqlVariables, options: CallOptions) {
    used.graphqlCalls += 1;
    const reply = await ask<T>(octokit, query, variables, options);
    used.graphqlPoints += pointsOf(reply.data);
    return reply;
  }

  /** A scope that lacks for one selection makes GitHub refuse the whole query: it is asked again without teams' names. */
  async function graphql<T>(query: string, variables: GraphqlVariables = {}, options: CallOptions = {}) {
    const teamless = withoutTeams(query);
    if (!mayReadTeams || teamless === query) return askOnce<T>(teamless, variables, options);
    try {
      return await askOnce<T>(query, variables, options);
    } catch (error) {
      if (!lacksScope(error)) throw error;
      mayReadTeams = false;
      return askOnce<T>(teamless, variables, options);
    }
  }
  const { rest, paginate } = octokit;
  const origin = originOf(rest.meta.root.endpoint.DEFAULTS.baseUrl);
  return { origin, graphql, rest, paginate, usage: () => ({ ...used }) };
}

async function ask<T>(
  octokit: OctokitLike,
  query: string,
  variables: GraphqlVariables,
  { tried = 'ask GitHub', retries, feature }: CallOptions,
): Promise<GraphqlReply<T>> {
  const how = {
    ...(retries === undefined ? {} : { request: { retries } }),
    ...(feature === undefined ? {} : { headers: { 'graphql-features': feature } }),
  };
  try {
    // The one place where GitHub's answer is taken for what the query asked; the queries are validated in the tests.
    return {
      data: (await waitForLimit(() => octokit.graphql(query, { ...variables, ...how }))) as T,
      problems: [],
    };
  } catch (error) {
    const partial = partialAnswer<T>(error);
    if (partial === null) throw githubFailure(error, tried);
    return partial;
  }
}

/** What a GraphQL error still carries: null when there is no data, or when it was cut by a limit of the whole call. */
function partialAnswer<T>(error: unknown): GraphqlReply<T> | null {
  if (!isGraphqlError(error) || error.data == null) return null;
  const problems = (error.errors ?? []).map(toProblem);
  if (problems.some(({ type }) => type === 'RATE_LIMITED' || type === 'RESOURCE_LIMITS_EXCEEDED')) return null;
  return { data: error.data as T, problems };
}

/** By shape and not by class: Probot may bring its own copy of the GraphQL client. */
function isGraphqlError(error: unknown): error is GraphqlResponseError<unknown> {
  return error instanceof Error && error.name === 'GraphqlResponseError' && 'errors' in error;
}

function toProblem({
  type,
  message,
  path,
}: NonNullable<GraphqlResponseError<unknown>['errors']>[number]): GraphqlProblem {
  return {
    type: typeof type === 'string' ? type : null,
    message: String(message),
    path: Array.isArray(path) ? path : [],
  };
}

function pointsOf(data: unknown): number {
  if (typeof data !== 'object' || data === null || !('rateLimit' in data)) return 0;
  const limit = data.rateLimit;
  return typeof limit === 'object' && limit !== null && 'cost' in limit ? Number(limit.cost) : 0;
}
