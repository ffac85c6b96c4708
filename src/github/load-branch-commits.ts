import type { CommitFacts, Instant } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GraphqlReply, GraphqlVariables } from './client.ts';
import type { Gathering } from './gathering.ts';
import { toCommit } from './map-pull-request.ts';
import type { CommitNode, Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BRANCH_COMMITS } from './queries/pull-request-queries.ts';

interface Answer {
  readonly repository: Maybe<{
    readonly ref: Maybe<{ readonly target: Maybe<{ readonly history?: Maybe<Connection<CommitNode>> }> }>;
  }>;
}

interface BranchSince extends RepositoryRef {
  readonly branch: string;
  readonly since: Instant;
}

/** 2,000 commits; that there are more is a gap. */
const MAX_PAGES = 20;

/** Messages on a branch since a moment, newest first: where a change was reverted there without a pull request. */
export async function loadBranchCommits(
  gathering: Gathering,
  { branch, since, owner, repo }: BranchSince,
): Promise<readonly CommitFacts[]> {
  const what = `commits of ${branch} in ${owner}/${repo}`;
  const commits: CommitFacts[] = [];
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const variables: GraphqlVariables = { owner, repo, branch: `refs/heads/${branch}`, since, after };
      const tried = `read the ${what}`;
      const reply: GraphqlReply<Answer> = await gathering.client.graphql<Answer>(BRANCH_COMMITS, variables, { tried });
      const history = reply.data.repository?.ref?.target?.history;
      if (history?.nodes == null) return reply.problems[0] ?? null;
      commits.push(...history.nodes.filter((node) => node !== null).map(toCommit));
      if (history.pageInfo?.hasNextPage !== true) return null;
      after = history.pageInfo.endCursor;
    }
    return 'truncated';
  });
  return commits;
}
