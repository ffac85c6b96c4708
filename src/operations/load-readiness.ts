import type { Gap } from '../core/reading.ts';
import { assessReadiness } from '../core/risk/merge-standing.ts';
import type { OpenChange } from '../core/risk/open-change.ts';
import { loadMergeStandings } from '../github/load-merge-standings.ts';
import type { OpenPullRequest } from '../github/load-open-pull-requests.ts';
import type { OperationContext } from './operation.ts';

/** What GitHub says of pull requests beside their files, by their names in the queue. */
interface ReadinessByName {
  readonly byName: ReadonlyMap<string, Pick<OpenChange, 'heldBy' | 'after'> & { readonly readyAt: string | null }>;
  readonly gaps: readonly Gap[];
}

/** Only an order asks for it. */
export const NO_READINESS: ReadinessByName = { byName: new Map(), gaps: [] };

/** Reviews, checks and native dependencies of the open pull requests of one base branch: one call for 50. */
export async function loadReadiness(
  { github }: Pick<OperationContext, 'github'>,
  pulls: readonly OpenPullRequest[],
): Promise<ReadinessByName> {
  const ids = pulls.map(({ nodeId }) => nodeId);
  const { standings, gaps } = await loadMergeStandings(github, ids);
  const told = pulls.map(({ ref, nodeId }) => ({ ref, standing: standings.get(nodeId) ?? null }));
  const readiness = assessReadiness(told);
  const byName = told.map(({ ref, standing }, place) => {
    const { heldBy = [], after = [] } = readiness[place] ?? {};
    const names = after.map(({ number }) => `#${number}`);
    return [`#${ref.number}`, { heldBy, after: names, readyAt: standing?.readyAt ?? null }] as const;
  });
  return { byName: new Map(byName), gaps };
}

/** Each waits since it became ready for review, held by what GitHub says of it and behind those of tasks that block its own. */
export const withReadiness = <Change extends OpenChange>(
  changes: readonly Change[],
  { byName }: ReadinessByName,
): readonly Change[] =>
  changes.map((change) => {
    const told = byName.get(change.name);
    if (told === undefined) return change;
    return {
      ...change,
      enteredAt: told.readyAt ?? change.enteredAt,
      heldBy: [...change.heldBy, ...told.heldBy],
      after: [...told.after, ...change.after],
    };
  });
