import { parseMarker } from '../core/marker.ts';
import { formatRef } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { completeList } from './complete-lists.ts';
import type { Gathering } from './gathering.ts';
import { refOf } from './map-task.ts';
import type { CommentNode, TaskNode } from './nodes.ts';
import { gapOf, truncated } from './unread.ts';

/**
 * The rollup comment among an umbrella's comments as they were loaded with it. Pages on only as long as it was not
 * found. Comments that cannot be read are noted as a gap.
 */
export async function readOwnComment(gathering: Gathering, node: TaskNode): Promise<OwnComment | null> {
  const { unread, gaps } = gathering;
  const what = `comments of ${formatRef(refOf(node))}`;
  const { comments } = node;
  if (comments?.nodes == null) {
    const problem = comments == null ? unread.at(node, 'comments') : unread.at(comments, 'nodes');
    if (problem !== null) gaps.push(gapOf(problem, what, 'issues: read'));
    return null;
  }
  const find = () => pickOwnRollup(comments.nodes ?? []);
  const list = { name: 'comments', parentId: node.id, list: comments } as const;
  await completeList(gathering, list, () => find() !== null);
  const found = find();
  if (found === null && comments.pageInfo?.hasNextPage) gaps.push(truncated(what));
  return found;
}

/** The oldest one that the reading identity itself wrote: a marker in anybody else's comment counts for nothing. */
function pickOwnRollup(nodes: readonly (CommentNode | null)[]): OwnComment | null {
  const found = nodes.find((node) => node?.viewerDidAuthor === true && parseMarker(node.body)?.kind === 'rollup');
  return found == null ? null : { id: idOf(found), nodeId: found.id, url: found.url, body: found.body };
}

/** `databaseId` is a 32-bit number, which GitHub's comments have outgrown: it is null for them. The address still says it. */
function idOf({ databaseId, url }: CommentNode): number {
  return databaseId ?? Number(/#issuecomment-(\d+)$/.exec(url)?.[1]);
}
