import type { Instant } from '../../core/task/facts.ts';
import { createStoreAccess, type StoreAccess } from '../../store/store-access.ts';

/** A store in memory, gone with the command: never that of the user, whatever the environment names. */
export const openWorldStore = (now: () => Instant): StoreAccess =>
  createStoreAccess(async () => {
    const { openStore } = await import('../../store/open-store.ts');
    return openStore({ folder: null, now });
  });
