import type { CommitFacts } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import { repositoryKey } from '../core/task/identity.ts';
import type { GraphqlReply, GraphqlVariables } from './client.ts';
import type { Gathering } from './gathering.ts';
import { toCommit } from './map-pull-request.ts';
import type { CommitNode, Connection, Maybe } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { BASE_COMMITS } from './queries/pull-request-queries.ts';

/** 5,000 commits; beyond, a revert that is older than those goes unseen and is reported as a gap. */
const MAX_PAGES = 50;

interface BaseAnswer {
  readonly repository: {
    readonly defaultBranchRef: {
      readonly target: { readonly history?: Maybe<Connection<CommitNode>> } | null;
    } | null;
  } | null;
}

/** Messages on the default branch since a moment, oldest first: where a change was reverted without a pull request. */
export async function sweepBaseCommits(
  gathering: Gathering,
  repository: RepositoryRef,
  since: string,
): Promise<readonly CommitFacts[]> {
  const commits: CommitFacts[] = [];
  const what = `commits on the default branch of ${repositoryKey(repository)}`;
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const variables: GraphqlVariables = { ...repository, since, after };
      const reply: GraphqlReply<BaseAnswer> = await gathering.client.graphql<BaseAnswer>(BASE_COMMITS, variables, {
        tried: `read the ${what}`,
      });
      const history: Maybe<Connection<CommitNode>> = reply.data.repository?.defaultBranchRef?.target?.history;
      if (history?.nodes == null) return reply.problems[0] ?? null;
      commits.push(...history.nodes.filter((node) => node !== null).map(toCommit));
      if (!history.pageInfo?.hasNextPage) return null;
      after = history.pageInfo.endCursor;
    }
    return 'truncated';
  });
  return commits.reverse();
}
