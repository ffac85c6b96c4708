import type { TaskFacts } from '../core/task/facts.ts';
import { type Ref, refKey, sameRef } from '../core/task/identity.ts';
import type { OwnComment } from '../core/umbrella/snapshot.ts';
import type { CommentExpectation, Expectation, IssueExpectation } from './subject.ts';

type SeenTask = Pick<TaskFacts, 'state' | 'parent' | 'updatedAt'>;

interface SeenUmbrella {
  readonly tasks: ReadonlyMap<string, SeenTask>;
  readonly ownComment: Pick<OwnComment, 'id' | 'body'> | null;
}

/**
 * Whether a snapshot may be older than what an event has already said: an issue in it is older than in the event, or it
 * disagrees and does not claim to be newer. Says nothing about issues that have no place in this umbrella.
 */
export function contradicts(seen: SeenUmbrella, expectation: Expectation): boolean {
  return 'commentId' in expectation ? commentContradicts(seen, expectation) : issueContradicts(seen, expectation);
}

function issueContradicts(
  { tasks }: SeenUmbrella,
  { ref, state, childOf, noChildOf, updatedAt }: IssueExpectation,
): boolean {
  const task = tasks.get(refKey(ref));
  if (task === undefined) return childOf !== undefined && tasks.has(refKey(childOf));
  if (task.updatedAt !== updatedAt) return task.updatedAt < updatedAt;
  if (state !== undefined && task.state !== state) return true;
  if (childOf !== undefined && !isParent(task.parent, childOf)) return true;
  return noChildOf !== undefined && isParent(task.parent, noChildOf);
}

/** An edit back to what it said before looks stale too, which costs no more than some readings. */
function commentContradicts({ ownComment }: SeenUmbrella, { commentId, formerBody }: CommentExpectation): boolean {
  return ownComment?.id === commentId && (formerBody === null || ownComment.body === formerBody);
}

const isParent = (parent: Ref | null, expected: Ref): boolean => parent !== null && sameRef(parent, expected);
