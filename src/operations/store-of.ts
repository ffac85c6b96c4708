import { UserError } from '../core/failure.ts';
import type { Store } from '../store/store.ts';
import type { OperationContext } from './operation.ts';

/** The store behind an operation that keeps something. Throws `store_unavailable` where there is none. */
export async function storeOf({ store }: Pick<OperationContext, 'store'>): Promise<Store> {
  if (store !== undefined) return store();
  throw new UserError(
    'store_unavailable',
    'There is no store here, and plans and claims are kept in one.',
    'Run it with the command line, or set DATABASE_URL where Parasol runs.',
  );
}
