import { UserError } from '../core/failure.ts';
import { repositoryKey } from '../core/task/identity.ts';
import type { WorkSnapshot } from '../core/umbrella/snapshot.ts';
import { applyClaims, type ClaimFacts } from '../core/work/apply-claims.ts';
import { leaseTime } from '../store/lease-time.ts';
import { loadClaims } from '../store/load-claims.ts';
import type { OperationContext } from './operation.ts';
import { givenTime, storeOf } from './store-of.ts';

/** What the store says of claims on the tasks of a snapshot; opens the store for it. */
export async function readClaims(context: OperationContext, snapshot: WorkSnapshot): Promise<readonly ClaimFacts[]> {
  const store = await storeOf(context);
  return loadClaims(store, repositoriesOf(snapshot), await leaseTime(store.db, givenTime(context)));
}

/** `repositoryKey` of every task, each once. */
export const repositoriesOf = ({ tasks }: WorkSnapshot): readonly string[] => [
  ...new Set([...tasks.values()].map(({ ref }) => repositoryKey(ref))),
];

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
  const isOpen = context.isStoreOpen?.() === true;
  if (!isOpen && context.isStoreFresh === true) return { snapshot: applyClaims(snapshot, []), unread: null };
  if (!isOpen && context.hasStore?.() !== true) {
    return { snapshot, unread: 'there is no store here, so claims of agents elsewhere are not known' };
  }
  try {
    return { snapshot: applyClaims(snapshot, await readClaims(context, snapshot)), unread: null };
  } catch (cause) {
    if (!(cause instanceof UserError)) throw cause;
    return { snapshot, unread: `claims of agents could not be read: ${cause.message}` };
  }
}
