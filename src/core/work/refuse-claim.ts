import { UserError } from '../failure.ts';
import { formatRef, type Ref } from '../task/identity.ts';
import { touches } from '../umbrella/live-lane.ts';
import type { NextTask } from '../umbrella/next-tasks.ts';

/** Of a task that was asked for by name and is not among those below the umbrella. */
export function refuseElsewhere(task: Ref, umbrella: Ref): UserError {
  const message = `${formatRef(task)} is no task below ${formatRef(umbrella)} that an agent could work on.`;
  return new UserError(
    'claim_refused',
    message,
    'Name a task without sub-issues below that umbrella, or leave it out.',
  );
}

/** Of a task that was asked for by name and cannot be had: the first reason that stands in the way. */
export function refuseTask({ task, claim, state, overlap, closedAbove }: NextTask): UserError {
  if (closedAbove !== null) {
    const message = `${formatRef(task.ref)} cannot be claimed: it is below ${formatRef(closedAbove)}, which is closed.`;
    return new UserError('claim_refused', message, `Reopen ${formatRef(closedAbove)} if its work is to go on.`);
  }
  if (overlap?.kind === 'overlap') {
    const { lane, path } = overlap;
    const message = `${formatRef(task.ref)} cannot be claimed: ${touches(lane)} ${path}.`;
    return new UserError(
      'claim_refused',
      message,
      'Wait until that is merged or given back, or ask without avoidOverlap.',
    );
  }
  const why =
    claim === null
      ? `it is ${state.state.replace('_', ' ')}, ${state.reason}`
      : `agent ${claim.agent} has it until ${claim.until}`;
  const hint = 'Leave the task out to be given one that is free.';
  return new UserError('claim_refused', `${formatRef(task.ref)} cannot be claimed: ${why}.`, hint);
}
