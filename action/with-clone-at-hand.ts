import type { OperationContext } from '../src/operations/operation.ts';
import type { ActionJob } from './action-command.ts';

/** What needs a clone gets the Action's own, which is fetched when it is first asked for; nothing where none is wanted. */
export function withCloneAtHand({
  context,
  inputs,
  cloneAtHand,
}: Pick<ActionJob, 'context' | 'inputs' | 'cloneAtHand'>): OperationContext {
  const { machine } = context;
  if (machine === undefined) return context;
  if (inputs.clone === 'none') return { ...context, machine: { ...machine, cloneHelp: 'leave `clone: none` out' } };
  return { ...context, machine: { ...machine, fetchClone: (_, branches) => cloneAtHand(branches) } };
}
