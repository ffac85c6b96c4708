import { parseMarker } from '../core/marker.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import type { CommentNode, Connection, Maybe } from './nodes.ts';
import { COMMENTS_QUERY } from './queries/comments-query.ts';

interface Answer {
  readonly repository: Maybe<{
    readonly issueOrPullRequest: Maybe<{ readonly comments: Maybe<Connection<CommentNode>> }>;
  }>;
}

/**
 * The comments under an issue or pull request that the asking identity wrote and that start with `marker`, oldest first:
 * one in anybody else's comment counts for nothing. Begins after the cursor `after`. An answer that is not whole fails: it
 * must not read as "no comment", which would make another.
 */
export async function findMarkedComments(
  client: GitHubClient,
  on: Ref,
  marker: string,
  after: string | null = null,
): Promise<readonly OwnComment[]> {
  const tried = `read the comments of ${formatRef(on)}`;
  const variables = { owner: on.owner, repo: on.repo, number: on.number, after };
  const reply = await client.graphql<Answer>(COMMENTS_QUERY, variables, { tried });
  demandAnswer(reply, tried);
  const page = demandPart(reply.data.repository?.issueOrPullRequest?.comments, tried);
  const found = pickMarkedComments(page.nodes ?? [], marker);
  if (!page.pageInfo?.hasNextPage) return found;
  return [...found, ...(await findMarkedComments(client, on, marker, page.pageInfo.endCursor))];
}

/** The same among comments that were read already. */
export function pickMarkedComments(nodes: readonly (CommentNode | null)[], marker: string): readonly OwnComment[] {
  return nodes
    .filter((node) => node !== null)
    .filter(({ viewerDidAuthor, body }) => viewerDidAuthor && isMarked(body, marker))
    .map((node) => ({ id: idOf(node), nodeId: node.id, url: node.url, body: node.body }));
}

/** Of the same kind, in whatever version: a comment of an older Parasol is still ours. */
function isMarked(body: string, marker: string): boolean {
  const kind = parseMarker(marker)?.kind;
  return kind !== undefined && parseMarker(body)?.kind === kind && restOf(body).startsWith(restOf(marker));
}

/** A reply's marker goes on after its kind: it names the comment that is answered. */
const restOf = (text: string): string => text.slice(text.indexOf('-->') + 3);

/** `databaseId` is a 32-bit number, which GitHub's comments have outgrown; the address always says it. */
const idOf = ({ url }: CommentNode): number => Number(/#issuecomment-(\d+)$/.exec(url)?.[1]);
