import { type RepositoryRef, repositoryKey } from '../task/identity.ts';
import type { PlanItem, PlannedRef } from './plan.ts';

/** One key for all items that GitHub asks the same permission of the same repository for. `home`: where new issues are made. */
export function kindOfWrite({ change }: Pick<PlanItem, 'change'>, home: RepositoryRef): string {
  const isAt = (ref: PlannedRef): RepositoryRef => ('item' in ref ? home : ref);
  if ('repository' in change) return keyOf(change.kind, change.repository);
  return keyOf(change.kind, isAt('parent' in change ? change.parent : change.on));
}

const keyOf = (kind: string, repository: RepositoryRef): string => `${kind} ${repositoryKey(repository)}`;
