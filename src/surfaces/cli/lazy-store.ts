import { existsSync } from 'node:fs';
import type { Instant } from '../../core/task/facts.ts';
import { createStoreAccess, type StoreAccess } from '../../store/store-access.ts';
import { storeFolder } from '../../store/store-folder.ts';
import type { CliIo } from './cli-io.ts';

/** The store at `DATABASE_URL`, else in the user's data folder; opened by the first command that asks for it. */
export function lazyStore({ env }: Pick<CliIo, 'env'>, now: () => Instant): StoreAccess {
  const open = async () => {
    const { openStore } = await import('../../store/open-store.ts');
    return openStore({ databaseUrl: env.DATABASE_URL ?? null, folder: storeFolder(env), now });
  };
  return createStoreAccess(open, () => Boolean(env.DATABASE_URL) || existsSync(storeFolder(env)));
}
