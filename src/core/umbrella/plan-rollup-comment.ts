import type { CommentChange } from '../change.ts';
import { ROLLUP_MARKER } from '../marker.ts';
import type { Ref } from '../task/identity.ts';
import { blankTimes } from './render-times.ts';
import type { OwnComment } from './snapshot.ts';

interface RollupCommentState {
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
  readonly umbrella: Ref;
  readonly body: string;
}

/**
 * The writes that bring the umbrella's one rollup comment up to date: none when it differs only in ages and times, an
 * edit when Parasol's own comment is there, else a new comment. Later copies of it are deleted.
 */
export function planRollupComment({ ownComment, umbrella, body }: RollupCommentState): readonly CommentChange[] {
  if (ownComment === null) return [{ kind: 'create_comment', on: umbrella, marker: ROLLUP_MARKER, body }];
  const { id, copies = [] } = ownComment;
  const deletions = copies.map((commentId): CommentChange => ({ kind: 'delete_comment', on: umbrella, commentId }));
  if (comparable(ownComment.body) === comparable(body)) return deletions;
  return [{ kind: 'update_comment', on: umbrella, commentId: id, marker: ROLLUP_MARKER, body }, ...deletions];
}

/** GitHub may change line ends and trim; neither is a change of what the comment says. */
const comparable = (body: string): string => blankTimes(body.replace(/\r\n?/g, '\n').trim());
