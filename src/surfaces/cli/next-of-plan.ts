import type { View } from './view.ts';

/** What an operation puts into the store. */
export type Kept = 'plans' | 'claims' | 'absences' | 'capacities';

const END = 'This world ends with the command, and so do its';

/** What to do with a plan that was kept; in a world there is no later command that could. */
export function nextOfPlan(id: string, { isInWorld = false }: View): string {
  if (isInWorld) return `${END} plans: add --write to apply ${id} at once.`;
  return `Kept as plan ${id}: parasol plan show ${id}, parasol plan apply ${id}`;
}

/** A line below what is kept, and below a plan that no `--write` applies; none where the store outlives the command. */
export const endOfWorld = (what: Kept, { isInWorld = false }: View): readonly string[] =>
  isInWorld ? [`${END} ${what}.`] : [];
