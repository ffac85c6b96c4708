import type { OperationContext } from '../src/operations/operation.ts';
import type { ActionJob } from './action-command.ts';

/** What needs a clone gets the Action's own, which is fetched when it is first asked for. */
export function withCloneAtHand({
  context,
  cloneAtHand,
}: Pick<ActionJob, 'context' | 'cloneAtHand'>): OperationContext {
  const { machine } = context;
  if (machine === undefined) return context;
  return { ...context, machine: { ...machine, fetchClone: (_, branches) => cloneAtHand(branches) } };
}
