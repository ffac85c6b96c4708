import { repositoryKey } from '../core/task/identity.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { applyClaims } from '../core/work/apply-claims.ts';
import { loadClaims } from '../store/claim-store.ts';
import type { OperationContext } from './operation.ts';

/** The snapshot with the claims that the store holds; as it is where no store is open at hand. */
export async function withClaimsAtHand<Snapshot extends WorkSnapshot>(
  context: OperationContext,
  snapshot: Snapshot,
): Promise<Snapshot> {
  return context.isStoreOpen?.() === true ? withClaims(context, snapshot) : snapshot;
}

/** The same, opening the store for it. */
export async function withClaims<Snapshot extends WorkSnapshot>(
  context: OperationContext,
  snapshot: Snapshot,
): Promise<Snapshot> {
  const repositories = new Set([...snapshot.tasks.values()].map(({ ref }) => repositoryKey(ref)));
  return applyClaims(snapshot, await loadClaims(await context.store(), [...repositories], context.now()));
}
