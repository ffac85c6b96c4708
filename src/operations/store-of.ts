import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import type { GitHubClient } from '../github/client.ts';
import type { OriginStore } from '../store/store.ts';
import type { OperationContext } from './operation.ts';

/** What tells which store, and which GitHub's part of it. */
export interface StoreContext extends Pick<OperationContext, 'store'> {
  readonly github: Pick<GitHubClient, 'origin'>;
}

/**
 * The store behind an operation that keeps something, as the GitHub of the operation sees it. Throws `store_unavailable`
 * where there is none.
 */
export async function storeOf({ store, github }: StoreContext): Promise<OriginStore> {
  if (store !== undefined) return { ...(await store()), origin: github.origin };
  throw new UserError(
    'store_unavailable',
    'There is no store here, and plans and claims are kept in one.',
    'Run it with the command line, or set DATABASE_URL where Parasol runs.',
  );
}

/** The time that leases are measured by, where the caller gave one; null: the store's own (`store/lease-time.ts`). */
export const givenTime = ({ isTimeGiven, now }: Pick<OperationContext, 'isTimeGiven' | 'now'>): Instant | null =>
  isTimeGiven === true ? now() : null;

/** Whether there is a store already, so that opening it makes none. One that begins empty holds nothing until it is open. */
export const isStoreThere = ({
  isStoreOpen,
  isStoreFresh,
  hasStore,
}: Pick<OperationContext, 'isStoreOpen' | 'isStoreFresh' | 'hasStore'>): boolean =>
  isStoreOpen?.() === true || (isStoreFresh !== true && hasStore?.() === true);
