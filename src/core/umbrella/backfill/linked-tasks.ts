import { refKey } from '../../task/identity.ts';
import type { BackfillTask } from './backfill-task.ts';

/** The tasks that block a task or are blocked by it, by `refKey`. */
export function linkedTasks(tasks: readonly BackfillTask[]): ReadonlyMap<string, ReadonlySet<string>> {
  const linked = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const others = linked.get(one) ?? new Set();
    linked.set(one, others.add(other));
  };
  for (const { ref, blockers } of tasks) {
    for (const blocker of blockers) {
      add(refKey(ref), refKey(blocker));
      add(refKey(blocker), refKey(ref));
    }
  }
  return linked;
}
