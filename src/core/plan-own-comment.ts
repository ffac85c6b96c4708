import type { CommentChange } from './change.ts';
import type { Ref } from './task/identity.ts';
import { blankTimes } from './umbrella/render-times.ts';
import type { OwnComment } from './umbrella/snapshot.ts';

interface OwnCommentState {
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
  readonly on: Ref;
  readonly marker: string;
  readonly body: string;
}

/**
 * The writes that bring Parasol's one comment of a kind up to date: none when it differs only in ages and times, an edit
 * when it is there, else a new comment. Later copies of it are deleted.
 */
export function planOwnComment({ ownComment, on, marker, body }: OwnCommentState): readonly CommentChange[] {
  if (ownComment === null) return [{ kind: 'create_comment', on, marker, body }];
  const { id, copies = [] } = ownComment;
  const deletions = copies.map((commentId): CommentChange => ({ kind: 'delete_comment', on, commentId }));
  if (comparable(ownComment.body) === comparable(body)) return deletions;
  return [{ kind: 'update_comment', on, commentId: id, marker, body }, ...deletions];
}

/** GitHub may change line ends and trim; neither is a change of what the comment says. */
const comparable = (body: string): string => blankTimes(body.replace(/\r\n?/g, '\n').trim());
