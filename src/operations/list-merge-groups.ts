import type { MergeGroup } from '../core/readiness/plan-group-checks.ts';
import { parseQueueBranch, QUEUE_PREFIX } from '../core/readiness/queue-branch.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from '../github/client.ts';
import { listBranches } from '../github/list-branches.ts';

/** The groups that the merge queues of a repository have under way, by branch: one request. Throws as GitHub fails. */
export async function listMergeGroups(client: GitHubClient, repository: RepositoryRef): Promise<readonly MergeGroup[]> {
  const branches = await listBranches(client, repository, QUEUE_PREFIX);
  return branches.flatMap(({ branch, sha: headSha }) => {
    const group = parseQueueBranch(branch);
    return group === null ? [] : [{ repository, headSha, ...group }];
  });
}
