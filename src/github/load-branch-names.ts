import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import type { Connection, Maybe } from './nodes.ts';
import { BRANCH_NAMES } from './queries/risk-queries.ts';

interface Answer {
  readonly repository: Maybe<{
    readonly ref: Maybe<{ readonly name: string }>;
    readonly refs: Maybe<Connection<{ readonly name: string }>>;
  }>;
}

export interface BranchNames {
  readonly isThere: boolean;
  /** Of at most a hundred others. */
  readonly others: readonly string[];
}

/** Whether a repository has a branch, and what others it has: one call. */
export async function loadBranchNames(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  name: string,
): Promise<BranchNames> {
  const tried = `look for the branch ${name} of ${owner}/${repo}`;
  const variables = { owner, repo, branch: `refs/heads/${name}` };
  const reply = await client.graphql<Answer>(BRANCH_NAMES, variables, { tried });
  demandAnswer(reply, tried);
  const { ref = null, refs = null } = reply.data.repository ?? {};
  return { isThere: ref !== null, others: (refs?.nodes ?? []).flatMap((node) => node?.name ?? []) };
}
