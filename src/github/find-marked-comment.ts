import { formatRef, type Ref } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';

const OWN_COMMENTS = `query OwnComments($owner: String!, $repo: String!, $number: Int!, $after: String) {
  rateLimit { cost }
  repository(owner: $owner, name: $repo) {
    issueOrPullRequest(number: $number) {
      __typename
      ... on Issue { comments(first: 100, after: $after) { ...Page } }
      ... on PullRequest { comments(first: 100, after: $after) { ...Page } }
    }
  }
}
fragment Page on IssueCommentConnection {
  nodes { id url viewerDidAuthor body }
  pageInfo { hasNextPage endCursor }
}`;

interface Answer {
  readonly repository: { readonly issueOrPullRequest: { readonly comments: CommentPage } | null } | null;
}

interface CommentPage {
  readonly nodes: readonly {
    readonly id: string;
    readonly url: string;
    readonly viewerDidAuthor: boolean;
    readonly body: string;
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The first comment under an issue or pull request that the asking identity wrote and that starts with `marker`. */
export async function findMarkedComment(
  client: GitHubClient,
  on: Ref,
  marker: string,
  after: string | null = null,
): Promise<OwnComment | null> {
  const { data } = await client.graphql<Answer>(
    OWN_COMMENTS,
    { owner: on.owner, repo: on.repo, number: on.number, after },
    { tried: `read the comments of ${formatRef(on)}` },
  );
  const page = data.repository?.issueOrPullRequest?.comments;
  const own = page?.nodes.find(({ viewerDidAuthor, body }) => viewerDidAuthor && body.startsWith(marker));
  if (own !== undefined) return { id: idOf(own.url), nodeId: own.id, url: own.url, body: own.body };
  return page?.pageInfo.hasNextPage ? findMarkedComment(client, on, marker, page.pageInfo.endCursor) : null;
}

/** GraphQL's `databaseId` has 32 bits, which GitHub's comments have outgrown; the address always says the number. */
const idOf = (url: string): number => Number(/#issuecomment-(\d+)$/.exec(url)?.[1]);
