import { type Ref, type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer, demandPart } from './demand-answer.ts';
import { findCommentsOfAnybody, type MarkedComment, ownAmong, pickCommentsOfAnybody } from './find-marked-comment.ts';
import type { CommentNode, Connection, Maybe } from './nodes.ts';
import { commentsOfMany } from './queries/comments-query.ts';

interface Answer {
  readonly repository: Maybe<Readonly<Record<string, Maybe<{ readonly comments: Maybe<Connection<CommentNode>> }>>>>;
}

const PULLS_PER_CALL = 20;

interface Wanted {
  readonly numbers: readonly number[];
  readonly marker: string;
}

/**
 * By `refKey`: what `findMarkedComments` finds under these pull requests of one repository, in a call for 20 of them, and in more
 * for those with more than thirty comments. Pull requests that are gone have none.
 */
export async function findAllMarkedComments(
  client: GitHubClient,
  repository: RepositoryRef,
  wanted: Wanted,
): Promise<ReadonlyMap<string, readonly OwnComment[]>> {
  const found = await findAllCommentsOfAnybody(client, repository, wanted);
  return new Map([...found].map(([key, comments]) => [key, ownAmong(comments)]));
}

/** The same, whoever wrote them. */
export async function findAllCommentsOfAnybody(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { numbers, marker }: Wanted,
): Promise<ReadonlyMap<string, readonly MarkedComment[]>> {
  const found = new Map<string, readonly MarkedComment[]>();
  const tried = `read the comments of pull requests of ${owner}/${repo}`;
  for (let from = 0; from < numbers.length; from += PULLS_PER_CALL) {
    const some = numbers.slice(from, from + PULLS_PER_CALL);
    const reply = await client.graphql<Answer>(commentsOfMany(some), { owner, repo }, { tried });
    demandAnswer(reply, tried);
    const repository = demandPart(reply.data.repository, tried);
    for (const number of some) {
      const ref: Ref = { owner, repo, number };
      const page = repository[`p${number}`];
      if (page != null) found.set(refKey(ref), await allIn(client, { ref, marker }, demandPart(page.comments, tried)));
    }
  }
  return found;
}

async function allIn(
  client: GitHubClient,
  { ref, marker }: { readonly ref: Ref; readonly marker: string },
  { nodes, pageInfo }: Connection<CommentNode>,
): Promise<readonly MarkedComment[]> {
  const first = pickCommentsOfAnybody(nodes ?? [], marker);
  if (pageInfo?.hasNextPage !== true) return first;
  return [...first, ...(await findCommentsOfAnybody(client, ref, marker, pageInfo.endCursor))];
}
