import type { Change } from '../change.ts';
import { planOwnComment } from '../plan-own-comment.ts';
import type { Ref } from '../task/identity.ts';
import type { OwnComment } from '../umbrella/snapshot.ts';
import { SUGGESTION_MARKER } from './render-suggestion.ts';

interface CommentState {
  /** Null: nothing is to be said, and what stands goes. */
  readonly body: string | null;
  /** Those of ours that stand, oldest first. */
  readonly comments: readonly OwnComment[];
}

/** The writes that bring the one comment about the reviewers of a pull request up to date. */
export function planReviewerComment(on: Ref, { body, comments }: CommentState): readonly Change[] {
  const [own, ...later] = comments;
  if (body === null) return comments.map(({ id }) => ({ kind: 'delete_comment', on, commentId: id }));
  const ownComment = own === undefined ? null : { ...own, copies: later.map(({ id }) => id) };
  return planOwnComment({ ownComment, on, marker: SUGGESTION_MARKER, body });
}
