import type { RepositoryRef } from '../core/task/identity.ts';
import { plannedIdKey, plannedIdOf } from '../core/task/planned-id.ts';
import type { GitHubClient } from './client.ts';
import type { Connection, IssuePlaceNode } from './nodes.ts';
import { SEARCH_ISSUES } from './queries/pull-request-queries.ts';

interface FoundIssue extends IssuePlaceNode {
  readonly title: string;
  readonly state: 'OPEN' | 'CLOSED';
}

/**
 * Issues of a repository whose title carries the planned id. GitHub's search is loose and may lag behind by seconds;
 * what it finds is compared exactly, as the core reads planned ids.
 */
export async function findIssuesByPlannedId(
  client: GitHubClient,
  plannedId: string,
  { repository, ids }: { readonly repository: RepositoryRef; readonly ids: readonly string[] },
): Promise<readonly FoundIssue[]> {
  const name = `${repository.owner}/${repository.repo}`;
  const text = `repo:${name} is:issue in:title "${plannedId.replaceAll('"', '')}"`;
  const tried = `search ${name} for ${plannedId}`;
  const reply = await client.graphql<{ search: Connection<FoundIssue | { title?: undefined }> }>(
    SEARCH_ISSUES,
    { text },
    { tried },
  );
  return (reply.data.search.nodes ?? []).filter((node): node is FoundIssue => {
    const found = node?.title === undefined ? null : plannedIdOf(node, ids);
    return found !== null && plannedIdKey(found) === plannedIdKey(plannedId);
  });
}
