import type { Change } from '../change.ts';
import { ROLLUP_MARKER } from '../marker.ts';
import type { Ref } from '../task/identity.ts';
import { blankTimes } from './render-times.ts';
import type { OwnComment } from './snapshot.ts';

interface RollupCommentState {
  readonly ownComment: OwnComment | null;
  readonly umbrella: Ref;
  readonly body: string;
}

/**
 * The write that brings the umbrella's one rollup comment up to date: none when it differs only in ages and times, an
 * edit when Parasol's own comment is there, else a new comment.
 */
export function planRollupComment({ ownComment, umbrella, body }: RollupCommentState): readonly Change[] {
  if (ownComment === null) return [{ kind: 'create_comment', on: umbrella, marker: ROLLUP_MARKER, body }];
  if (comparable(ownComment.body) === comparable(body)) return [];
  return [{ kind: 'update_comment', on: umbrella, commentId: ownComment.id, marker: ROLLUP_MARKER, body }];
}

/** GitHub may change line ends and trim; neither is a change of what the comment says. */
const comparable = (body: string): string => blankTimes(body.replace(/\r\n?/g, '\n').trim());
