import type { TaskFacts } from '../core/task/facts.ts';
import { type Ref, refKey, sameRef } from '../core/task/identity.ts';
import type { Expectation } from './subject.ts';

type SeenTask = Pick<TaskFacts, 'state' | 'parent' | 'updatedAt'>;

/**
 * Whether a snapshot may be older than what an event has already said: it disagrees, and the issue in it does not claim
 * to be newer. Says nothing about issues that have no place in this umbrella.
 */
export function contradicts(
  { tasks }: { readonly tasks: ReadonlyMap<string, SeenTask> },
  { ref, state, childOf, noChildOf, updatedAt }: Expectation,
): boolean {
  const task = tasks.get(refKey(ref));
  if (task === undefined) return childOf !== undefined && tasks.has(refKey(childOf));
  if (task.updatedAt > updatedAt) return false;
  if (state !== undefined && task.state !== state) return true;
  if (childOf !== undefined && !isParent(task.parent, childOf)) return true;
  return noChildOf !== undefined && isParent(task.parent, noChildOf);
}

const isParent = (parent: Ref | null, expected: Ref): boolean => parent !== null && sameRef(parent, expected);
