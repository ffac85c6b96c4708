import { createStoreAccess, type StoreAccess } from '../../store/store-access.ts';
import { storeFolder } from '../../store/store-folder.ts';
import type { CliIo } from './cli-io.ts';
import { realTime } from './clock-of.ts';

/**
 * The store that a command may open: PostgreSQL at `DATABASE_URL`, else PGlite in the data folder. `isTemporary`: unless
 * one of them was named in the environment, PGlite in memory, which ends with the command.
 */
export function storeOf({ env, stderr }: CliIo, { isTemporary = false } = {}): StoreAccess {
  return createStoreAccess(async () => {
    const { openStore } = await import('../../store/open-store.ts');
    return openStore({
      databaseUrl: env.DATABASE_URL ?? null,
      folder: isTemporary && !env.PARASOL_DATA ? null : storeFolder(env),
      now: realTime,
      log: (message) => stderr.write(`${message}\n`),
    });
  });
}
