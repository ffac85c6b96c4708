import type { CatalogEntry } from '../../operations/catalog.ts';
import { storeFolder } from '../../store/store-folder.ts';
import { findHolder } from '../../store/store-lock.ts';
import type { Caller } from '../api/caller.ts';
import type { CliIo } from './cli-io.ts';

/**
 * Where another process of this machine holds the store and takes operations for others, has that one run it; otherwise
 * runs it here with `runHere`. Only operations that need the store are sent away, and only where none is named by
 * `DATABASE_URL`: that one anybody can open.
 */
export async function runWhereStoreIs(
  { name, needsStore }: CatalogEntry,
  input: unknown,
  { io, caller, runHere }: { readonly io: CliIo; readonly caller: Caller; readonly runHere: () => Promise<unknown> },
): Promise<unknown> {
  if (!needsStore(input) || io.env.DATABASE_URL) return runHere();
  const holder = findHolder(storeFolder(io.env));
  if (holder === null || holder.serves === null || holder.pid === process.pid) return runHere();
  const { askOperationsServer } = await import('../api/ask-operations-server.ts');
  return askOperationsServer(holder.serves, { name, input, caller });
}
