import type { RepositoryRef } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GraphqlReply } from './client.ts';
import { type Gathering, gatherPullRequests } from './gathering.ts';
import type { Connection, Maybe, PullRequestNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { OPEN_WORK } from './queries/pull-request-queries.ts';

/** 1,000 open pull requests; beyond, the rest is a gap. */
const MAX_PAGES = 20;

interface OpenAnswer {
  readonly repository: Maybe<{ readonly pullRequests: Maybe<Connection<PullRequestNode>> }>;
}

/**
 * Reads all open pull requests of a repository with their reviews and checks, last changed first, whether or not a task
 * knows of them: one call of 3 points per 50. What of them cannot be read is a gap.
 */
export async function gatherOpenPullRequests(gathering: Gathering, { owner, repo }: RepositoryRef): Promise<void> {
  const { client, unread } = gathering;
  const what = `open pull requests of ${owner}/${repo}`;
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    let size = 50;
    for (let page = 0, after: string | null = null; page < MAX_PAGES; page += 1) {
      const variables = { owner, repo, after };
      const reply: { readonly answer: GraphqlReply<OpenAnswer>; readonly size: number } = await askSmaller(
        size,
        (first, patience) =>
          client.graphql<OpenAnswer>(OPEN_WORK, { ...variables, first }, { tried: `read the ${what}`, ...patience }),
      );
      unread.note(reply.answer);
      const { repository } = reply.answer.data;
      const list = repository?.pullRequests;
      if (list?.nodes == null) {
        return repository == null ? unread.at(reply.answer.data, 'repository') : unread.at(repository, 'pullRequests');
      }
      const nodes = list.nodes.filter((node) => node !== null);
      await gatherPullRequests(gathering, nodes);
      if (list.pageInfo?.hasNextPage !== true) return null;
      size = reply.size;
      after = list.pageInfo.endCursor;
    }
    return 'truncated';
  });
}
