import { UserError } from '../core/failure.ts';
import { repositoryKey } from '../core/task/identity.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { applyClaims, type ClaimFacts } from '../core/work/apply-claims.ts';
import { loadClaims } from '../store/claim-store.ts';
import type { OperationContext } from './operation.ts';
import { storeOf } from './store-of.ts';

/** What the store says of claims on the tasks of a snapshot; opens the store for it. */
export async function readClaims(context: OperationContext, { tasks }: WorkSnapshot): Promise<readonly ClaimFacts[]> {
  const repositories = new Set([...tasks.values()].map(({ ref }) => repositoryKey(ref)));
  return loadClaims(await storeOf(context), [...repositories], context.now());
}

/** The snapshot with the claims that the store holds; as it is where no store is open at hand. */
export async function withClaimsAtHand<Snapshot extends WorkSnapshot>(
  context: OperationContext,
  snapshot: Snapshot,
): Promise<Snapshot> {
  return context.isStoreOpen?.() === true ? applyClaims(snapshot, await readClaims(context, snapshot)) : snapshot;
}

interface ClaimedSnapshot<Snapshot> {
  readonly snapshot: Snapshot;
  /** Why nobody could look for claims; null where they were read. */
  readonly unread: string | null;
}

/** The snapshot with the claims of the store that there is, opened for it; says where there is none, or it does not open. */
export async function lookForClaims<Snapshot extends WorkSnapshot>(
  context: OperationContext,
  snapshot: Snapshot,
): Promise<ClaimedSnapshot<Snapshot>> {
  if (context.isStoreOpen?.() !== true && context.hasStore?.() !== true) {
    return { snapshot, unread: 'there is no store here, so claims of agents elsewhere are not known' };
  }
  try {
    return { snapshot: applyClaims(snapshot, await readClaims(context, snapshot)), unread: null };
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return { snapshot, unread: `claims of agents could not be read: ${cause.message}` };
  }
}
