import { canSee } from '../access/viewer.ts';
import { notFound } from '../actions/world-refusal.ts';
import { findPullRequest } from '../find-record.ts';
import { serializePullRequest, serializeSimplePullRequest } from '../serialize/serialize-pull-request.ts';
import type { PullRequestRecord, RepositoryRecord } from '../world.ts';
import type { RepositoryCall, RestCall } from './route.ts';
import { itemKeyOf } from './show-issue.ts';

/** A pull request on its own, as this viewer may see it: the repository of a hidden fork is left out. */
export function showPullRequest(call: RestCall, repository: RepositoryRecord, pull: PullRequestRecord) {
  const json = serializePullRequest(call.world, repository, pull, call.baseUrl);
  return { ...json, head: isHeadVisible(call, pull) ? json.head : { ...json.head, repo: null } };
}

/** The same in a list. */
export function showSimplePullRequest(call: RestCall, repository: RepositoryRecord, pull: PullRequestRecord) {
  const json = serializeSimplePullRequest(call.world, repository, pull, call.baseUrl);
  return { ...json, head: isHeadVisible(call, pull) ? json.head : { ...json.head, repo: null } };
}

/** The pull request that the path names, or 404. */
export function requirePullRequestOf(call: RepositoryCall): PullRequestRecord {
  const pull = findPullRequest(call.world, itemKeyOf(call));
  if (pull === null) throw notFound();
  return pull;
}

function isHeadVisible({ world, viewer }: RestCall, { headRepository }: PullRequestRecord): boolean {
  return headRepository === null || canSee(world, viewer, headRepository);
}
