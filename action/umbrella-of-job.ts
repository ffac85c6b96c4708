import { UserError } from '../src/core/failure.ts';
import type { ActionJob } from './action-command.ts';

/** The umbrella that a command is about: the input's, else the issue of the event. Throws `usage` where there is neither. */
export function umbrellaOfJob({ inputs, workflow }: Pick<ActionJob, 'inputs' | 'workflow'>): string {
  if (inputs.umbrella !== null) return inputs.umbrella;
  if (workflow.issue !== null) return `#${workflow.issue}`;
  throw new UserError(
    'usage',
    'No umbrella is named, and the event that started this workflow is not about an issue.',
    "Set `umbrella: '#12'`, or run on `issues`.",
  );
}
