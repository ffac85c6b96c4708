import type { RepositoryRef } from '../core/task/identity.ts';
import { askSmaller } from './ask-smaller.ts';
import { type Gathering, gatherPullRequests } from './gathering.ts';
import type { Connection, Maybe, PullRequestNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';
import { PULL_REQUEST_SWEEP } from './queries/pull-request-queries.ts';

/** 5,000 pull requests of one repository; beyond, the rest is a gap. */
const MAX_PAGES = 50;

interface SweepAnswer {
  readonly repository: { readonly pullRequests: Maybe<Connection<PullRequestNode>> } | null;
}

/**
 * Reads a repository's pull requests with their texts and commit messages, last changed first, until they were last
 * changed before `since`: one that old cannot speak of a younger task. This finds what GitHub does not link itself:
 * planned ids, and closing keywords on other branches than the default one.
 */
export async function sweepPullRequests(gathering: Gathering, repository: RepositoryRef, since: string): Promise<void> {
  const name = `${repository.owner}/${repository.repo}`;
  const what = `pull requests of ${name}`;
  await noteGap(gathering, { what, permission: 'pull_requests: read' }, async () => {
    let size = 100;
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const reply = await askSmaller(size, (first, patience) =>
        gathering.client.graphql<SweepAnswer>(
          PULL_REQUEST_SWEEP,
          { ...repository, first, after },
          { tried: `read the ${what}`, ...patience },
        ),
      );
      size = reply.size;
      gathering.unread.note(reply.answer);
      const list: Maybe<Connection<PullRequestNode>> = reply.answer.data.repository?.pullRequests;
      if (list?.nodes == null) return refusalOf(gathering, reply.answer.data);
      const nodes = list.nodes.filter((node) => node !== null);
      await gatherPullRequests(
        gathering,
        nodes.filter(({ updatedAt }) => updatedAt >= since),
      );
      if (!list.pageInfo?.hasNextPage || nodes.some(({ updatedAt }) => updatedAt < since)) return null;
      after = list.pageInfo.endCursor;
    }
    return 'truncated';
  });
}

function refusalOf({ unread }: Gathering, data: SweepAnswer) {
  return data.repository === null ? unread.at(data, 'repository') : unread.at(data.repository, 'pullRequests');
}
