import type { StatusRecord, World } from '../world.ts';
import type { CommitPlace } from './serialize-check-run.ts';
import { serializeRepository } from './serialize-repository.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls, urlsOf } from './urls.ts';

/** A commit status inside the combined status. */
export function serializeSimpleStatus(place: CommitPlace, status: StatusRecord, baseUrl: string) {
  return {
    url: `${repositoryUrls(place.repository, baseUrl).api}/statuses/${place.commit.sha}`,
    avatar_url: `${urlsOf(baseUrl).html}/avatars/${status.id}`,
    id: status.id,
    node_id: status.nodeId,
    state: status.state,
    description: status.description,
    target_url: null,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** A commit status in the list of all; its reporter is taken to be the commit's author. */
export function serializeStatus(world: World, place: CommitPlace, status: StatusRecord, baseUrl: string) {
  return {
    ...serializeSimpleStatus(place, status, baseUrl),
    creator: serializeUser(world, place.commit.author, baseUrl),
  };
}

/** `GET …/commits/{ref}/status`: the newest of each context, and what they amount to. No status at all is `pending`. */
export function serializeCombinedStatus(world: World, place: CommitPlace, baseUrl: string) {
  const { repository, commit } = place;
  const { api } = repositoryUrls(repository, baseUrl);
  const statuses = latestStatuses(commit.statuses);
  return {
    state: combinedState(statuses),
    statuses: statuses.map((status) => serializeSimpleStatus(place, status, baseUrl)),
    sha: commit.sha,
    total_count: statuses.length,
    repository: serializeRepository(world, repository, baseUrl),
    commit_url: `${api}/commits/${commit.sha}`,
    url: `${api}/commits/${commit.sha}/status`,
  };
}

/** The newest status of each context. */
export function latestStatuses(statuses: readonly StatusRecord[]): StatusRecord[] {
  return [...new Map(statuses.map((status) => [status.context, status])).values()];
}

function combinedState(statuses: readonly StatusRecord[]): 'success' | 'pending' | 'failure' {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length > 0 && statuses.every(({ state }) => state === 'success') ? 'success' : 'pending';
}
