import type { Backport, WantedBackports } from '../core/readiness/backports/backport.ts';
import { known, type Reading } from '../core/reading.ts';
import { loadBackports } from '../git/load-backports.ts';
import type { Repository } from '../git/open-repository.ts';
import { resolveKnown } from './resolve-known.ts';

/**
 * What release branches have of what is marked for them, by their names and in the order of what is wanted; each at the very
 * commit that GitHub says it is at.
 */
export async function readBackports(
  repository: Repository,
  { main, branches }: WantedBackports,
): Promise<ReadonlyMap<string, Reading<readonly Backport[]>>> {
  if (main === null || branches.length === 0) return new Map();
  const base = await resolveKnown(repository, main);
  const found = new Map<string, Reading<readonly Backport[]>>();
  for (const { wanted: candidates, ...head } of branches) {
    const branch = await resolveKnown(repository, head);
    if (!base.known) found.set(head.name, base);
    else if (!branch.known) found.set(head.name, branch);
    else
      found.set(
        head.name,
        known(await loadBackports(repository, { branch: branch.value, main: base.value, candidates })),
      );
  }
  return found;
}
