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

/** A comment that starts with a marker of ours; only who wrote it tells whether it is one of ours. */
export interface MarkedComment {
  readonly comment: OwnComment;
  /** Whether the asking identity wrote it. */
  readonly isOwn: boolean;
  /** Login of the bot that wrote it, in lower case and without `[bot]`; null where a person did. */
  readonly bot: string | null;
}

/**
 * The comments under an issue or pull request that the asking identity wrote and that start with `marker`, oldest first:
 * one in anybody else's comment counts for nothing. Begins after the cursor `after`. An answer that is not whole fails: it
 * must not read as "no comment", which would make another.
 */
export const findMarkedComments = async (
  client: GitHubClient,
  on: Ref,
  marker: string,
  after: string | null = null,
): Promise<readonly OwnComment[]> => ownAmong(await findCommentsOfAnybody(client, on, marker, after));

/** The same, whoever wrote them. */
export async function findCommentsOfAnybody(
  client: GitHubClient,
  on: Ref,
  marker: string,
  after: string | null = null,
): Promise<readonly MarkedComment[]> {
  const tried = `read the comments of ${formatRef(on)}`;
  const variables = { owner: on.owner, repo: on.repo, number: on.number, after };
  const reply = await client.graphql<Answer>(COMMENTS_QUERY, variables, { tried });
  demandAnswer(reply, tried);
  const page = demandPart(reply.data.repository?.issueOrPullRequest?.comments, tried);
  const found = pickCommentsOfAnybody(page.nodes ?? [], marker);
  if (!page.pageInfo?.hasNextPage) return found;
  return [...found, ...(await findCommentsOfAnybody(client, on, marker, page.pageInfo.endCursor))];
}

/** Those of the asking identity among comments that were read already. */
export const pickMarkedComments = (nodes: readonly (CommentNode | null)[], marker: string): readonly OwnComment[] =>
  ownAmong(pickCommentsOfAnybody(nodes, marker));

/** The same, whoever wrote them. */
export const pickCommentsOfAnybody = (
  nodes: readonly (CommentNode | null)[],
  marker: string,
): readonly MarkedComment[] =>
  nodes
    .filter((node) => node !== null)
    .filter(({ body }) => isMarked(body, marker))
    .map((node) => ({
      comment: { id: idOf(node), nodeId: node.id, url: node.url, body: node.body },
      isOwn: node.viewerDidAuthor,
      bot: node.author?.__typename === 'Bot' ? node.author.login.toLowerCase().replace(/\[bot\]$/, '') : null,
    }));

export const ownAmong = (comments: readonly MarkedComment[]): readonly OwnComment[] =>
  comments.flatMap(({ comment, isOwn }) => (isOwn ? [comment] : []));

/** Of the same kind, in whatever version: a comment of an older Parasol is still ours. */
function isMarked(body: string, marker: string): boolean {
  const kind = parseMarker(marker)?.kind;
  return kind !== undefined && parseMarker(body)?.kind === kind && restOf(body).startsWith(restOf(marker));
}

/** A reply's marker goes on after its kind: it names the comment that is answered. */
const restOf = (text: string): string => text.slice(text.indexOf('-->') + 3);

/** `databaseId` is a 32-bit number, which GitHub's comments have outgrown; the address always says it. */
const idOf = ({ url }: CommentNode): number => Number(/#issuecomment-(\d+)$/.exec(url)?.[1]);
