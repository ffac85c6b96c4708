import { plannedIdKey } from '../../task/planned-id.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { NamedTasks } from './named-tasks.ts';

interface DottedParent {
  /** More than one where an id was given twice. */
  readonly tasks: readonly BackfillTask[];
  /** Whether it is the id's own parent and not one further up, because the one between does not exist. */
  readonly isDirect: boolean;
}

/**
 * The task above a planned id: `bd-a3f8` of `bd-a3f8.1`, `P1.M2.T3` of `P1.M2.T3.S1`, `M7` of `M7-T01`; the nearest one
 * that exists, without regard to case.
 */
export function parentOfDottedId(plannedId: string, named: NamedTasks): DottedParent | null {
  const ids = idsAbove(plannedIdKey(plannedId));
  const index = ids.findIndex((id) => named.byId.has(id));
  const tasks = named.byId.get(ids[index] ?? '');
  return tasks === undefined ? null : { tasks, isDirect: index === 0 };
}

/** Letter and number in each part, however they are joined: only there is a hyphen a step down. */
const STEPS = /^\p{L}\d+(?:[.-]\p{L}\d+)+$/u;

/** Deeper than GitHub's eight levels nothing can be linked. */
const MAX_STEPS = 8;

function idsAbove(id: string): readonly string[] {
  const cut = STEPS.test(id) ? /[.-][^.-]+$/ : /\.[^.]+$/;
  const above: string[] = [];
  for (let rest = id.replace(cut, ''), last = id; rest !== last && above.length < MAX_STEPS; ) {
    above.push(rest);
    last = rest;
    rest = rest.replace(cut, '');
  }
  return above;
}
