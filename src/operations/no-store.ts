import { UserError } from '../core/failure.ts';
import type { OperationContext } from './operation.ts';

/** `OperationContext.store` of a surface that has none, such as the Action. */
export const noStore: OperationContext['store'] = async () => {
  throw new UserError(
    'store_unavailable',
    'This needs the store, and there is none here.',
    'Set DATABASE_URL to a PostgreSQL, or PARASOL_DATA to a folder.',
  );
};
