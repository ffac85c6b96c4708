import { UserError } from '../core/failure.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { AccessProbe } from './access-probe.ts';
import type { GitHubClient, GraphqlProblem } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { identifyToken } from './identify-token.ts';
import { MERGE_QUEUE_PROBE, PROBE_QUERIES, type ProbeQuery } from './queries/probe-queries.ts';

/**
 * Tries each read once and says what came of it; never writes. Without a repository it tells who the token is and what is
 * left of its limit. Throws `github_unavailable` as soon as GitHub cannot be reached, and `unauthenticated` for a token
 * that it refuses: every other answer would only say the same again.
 */
export async function probeAccess(
  client: GitHubClient,
  repository: RepositoryRef | null,
): Promise<readonly AccessProbe[]> {
  const identity = await identifyToken(client);
  const limit = await probeLimit(client);
  if (repository === null) return [identity, limit];
  const { probe: seen, branch } = await probeRepository(client, repository);
  if (branch === null) return [identity, limit, seen];
  const probes = await Promise.all([
    ...PROBE_QUERIES.map((probe) => probeQuery(client, repository, probe)),
    probeChecks(client, repository, branch),
    probeStatuses(client, repository, branch),
  ]);
  return [identity, limit, seen, ...probes];
}

async function probeLimit(client: GitHubClient): Promise<AccessProbe> {
  const probe = { feature: 'rate limit', permission: null, unlocks: 'how much can be read per hour' };
  try {
    const { core, graphql } = (await client.rest.rateLimit.get()).data.resources;
    const points = graphql === undefined ? 'no GraphQL' : `GraphQL ${graphql.remaining} of ${graphql.limit} points`;
    const isLeft = core.remaining > 0 && graphql !== undefined && graphql.remaining > 0;
    return {
      ...probe,
      ok: isLeft,
      detail: `REST ${core.remaining} of ${core.limit} requests, ${points} left this hour`,
    };
  } catch (error) {
    // An Enterprise Server may have no limits at all; it answers 404 then.
    const failure = answerOf(error, 'read the rate limit');
    const { code, message } = failure;
    // This needs no token at all, so it is the token at hand that GitHub refuses.
    if (code === 'unauthenticated') throw failure;
    return code === 'not_found'
      ? { ...probe, ok: true, detail: 'no limit is in force' }
      : { ...probe, ok: false, detail: message };
  }
}

interface SeenRepository {
  readonly probe: AccessProbe;
  /** Its default branch; null when it cannot be seen. */
  readonly branch: string | null;
}

async function probeRepository(client: GitHubClient, { owner, repo }: RepositoryRef): Promise<SeenRepository> {
  const probe = { feature: 'repository', unlocks: 'everything else' };
  try {
    const { data } = await client.rest.repos.get({ owner, repo });
    const visibility = data.visibility ?? (data.private ? 'private' : 'public');
    const detail = `${data.full_name} is ${visibility}, default branch ${data.default_branch}`;
    return { probe: { ...probe, ok: true, detail, permission: null }, branch: data.default_branch };
  } catch (error) {
    const { code, message } = answerOf(error, `read ${owner}/${repo}`);
    const permission = code === 'forbidden' ? 'metadata: read' : null;
    return { probe: { ...probe, ok: false, detail: message, permission }, branch: null };
  }
}

function probeChecks(client: GitHubClient, { owner, repo }: RepositoryRef, ref: string): Promise<AccessProbe> {
  const probe = { feature: 'checks', permission: 'checks: read', unlocks: 'failing and pending check runs' };
  return probeCommit(probe, async () => (await client.rest.checks.listForRef({ owner, repo, ref, per_page: 1 })).data);
}

function probeStatuses(client: GitHubClient, { owner, repo }: RepositoryRef, ref: string): Promise<AccessProbe> {
  const probe = { feature: 'statuses', permission: 'statuses: read', unlocks: 'failing and pending commit statuses' };
  return probeCommit(probe, async () => (await client.rest.repos.getCombinedStatusForRef({ owner, repo, ref })).data);
}

async function probeCommit(
  probe: { readonly feature: string; readonly permission: string; readonly unlocks: string },
  count: () => Promise<{ readonly total_count: number }>,
): Promise<AccessProbe> {
  try {
    const { total_count: total } = await count();
    return { ...probe, ok: true, detail: `${total} on the default branch`, permission: null };
  } catch (error) {
    const { code, message } = failureOf(error, `read ${probe.feature} of the default branch`);
    return { ...probe, ok: false, detail: message, permission: code === 'forbidden' ? probe.permission : null };
  }
}

/** The same for merge queues, of which GitHub tells Apps only with a permission of its own. */
export const probeMergeQueue = (client: GitHubClient, repository: RepositoryRef): Promise<AccessProbe> =>
  probeQuery(client, repository, MERGE_QUEUE_PROBE);

type ProbeAnswer = Readonly<Record<string, unknown>>;

async function probeQuery(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  probe: ProbeQuery,
): Promise<AccessProbe> {
  const { feature, permission, unlocks } = probe;
  const tried = `read ${feature} of ${owner}/${repo}`;
  try {
    const { data, problems } = await client.graphql<ProbeAnswer>(probe.query, { owner, repo }, { tried });
    const [problem] = problems;
    if (problem !== undefined) {
      const remedy = problem.type === 'FORBIDDEN' ? permission : null;
      return { feature, ok: false, detail: saidOf(problem), permission: remedy, unlocks };
    }
    const found = probe.describe(data);
    return { feature, ok: true, detail: found, permission: null, unlocks };
  } catch (error) {
    const { code, message } = failureOf(error, tried);
    return { feature, ok: false, detail: message, permission: code === 'forbidden' ? permission : null, unlocks };
  }
}

function saidOf({ type }: GraphqlProblem): string {
  return type === 'FORBIDDEN'
    ? 'GitHub refuses it to this token'
    : `GitHub could not answer (${type ?? 'no reason given'})`;
}

/** What GitHub answered; an outage is thrown on. */
function answerOf(error: unknown, tried: string): UserError {
  const failure = failureOf(error, tried);
  if (failure.code === 'github_unavailable') throw failure;
  return failure;
}

function failureOf(error: unknown, tried: string): UserError {
  const failure = githubFailure(error, tried);
  if (failure instanceof UserError) return failure;
  throw failure;
}
