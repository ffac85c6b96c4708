import { formatRef } from '../task/identity.ts';
import type { Plan } from './plan.ts';

type MadePlan = Pick<Plan, 'kind' | 'repository' | 'umbrella' | 'items'>;

/** What to do where a plan is out of date: to make it again, with the command where that is known. */
export function newPlanAdvice({ kind, repository, umbrella, items }: MadePlan): string {
  const isChecklist = kind === 'scaffold' && items.some(({ change }) => change.kind === 'update_issue_body');
  const command = isChecklist ? 'umbrella scaffold … --from-checklist' : COMMANDS[kind];
  if (command === null) return 'make a new plan with the command that made it';
  const about = umbrella === null ? `${repository.owner}/${repository.repo}` : formatRef(umbrella);
  return `make a new plan with the command that made it (parasol ${command.replace('…', about)})`;
}

/** Null: several commands make such a plan. */
const COMMANDS: Readonly<Record<Plan['kind'], string | null>> = {
  scaffold: 'umbrella scaffold …',
  drift: 'umbrella drift … --fix',
  backfill: 'umbrella backfill …',
  relink: null,
};
