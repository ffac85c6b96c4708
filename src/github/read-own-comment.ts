import { ROLLUP_MARKER } from '../core/marker.ts';
import { formatRef } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import { findMarkedComments, pickMarkedComments } from './find-marked-comment.ts';
import type { Gathering } from './gathering.ts';
import { refOf } from './map-task.ts';
import type { TaskNode } from './nodes.ts';
import { noteGap } from './note-gap.ts';

/**
 * The oldest rollup comment among an umbrella's comments as they were loaded with it. Pages on only when it was not
 * among them. Comments that cannot be read are noted as a gap.
 */
export async function readOwnComment(gathering: Gathering, node: TaskNode): Promise<OwnComment | null> {
  const { client, unread } = gathering;
  const { comments } = node;
  const on = refOf(node);
  let found = pickMarkedComments(comments?.nodes ?? [], ROLLUP_MARKER);
  await noteGap(gathering, { what: `comments of ${formatRef(on)}`, permission: 'issues: read' }, async () => {
    if (comments?.nodes == null) return comments == null ? unread.at(node, 'comments') : unread.at(comments, 'nodes');
    const { hasNextPage, endCursor = null } = comments.pageInfo ?? {};
    if (found.length === 0 && hasNextPage) found = await findMarkedComments(client, on, ROLLUP_MARKER, endCursor);
    return null;
  });
  const [own, ...later] = found;
  if (own === undefined) return null;
  return later.length === 0 ? own : { ...own, copies: later.map(({ id }) => id) };
}
