import type { CatalogEntry } from '../../operations/catalog.ts';
import type { OperationContext } from '../../operations/operation.ts';

/** What a command works with, and how to let go of it. */
export interface Connection {
  readonly context: OperationContext;
  /** Runs an operation, here or in the process that holds the store. */
  readonly run: (entry: CatalogEntry, input: unknown, more?: Pick<OperationContext, 'onProgress'>) => Promise<unknown>;
  readonly close: () => Promise<void>;
}
