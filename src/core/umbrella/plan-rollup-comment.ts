import type { CommentChange } from '../change.ts';
import { ROLLUP_MARKER } from '../marker.ts';
import { planOwnComment } from '../plan-own-comment.ts';
import type { Ref } from '../task/identity.ts';
import type { OwnComment } from './snapshot.ts';

interface RollupCommentState {
  readonly ownComment: Pick<OwnComment, 'id' | 'body' | 'copies'> | null;
  readonly umbrella: Ref;
  readonly body: string;
}

/** The writes that bring the umbrella's one rollup comment up to date; none when it says the same but for the times. */
export const planRollupComment = ({ ownComment, umbrella, body }: RollupCommentState): readonly CommentChange[] =>
  planOwnComment({ ownComment, on: umbrella, marker: ROLLUP_MARKER, body });
