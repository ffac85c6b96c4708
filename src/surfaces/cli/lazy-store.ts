import type { Instant } from '../../core/task/facts.ts';
import type { Store } from '../../store/store.ts';
import type { CliIo } from './cli-io.ts';

interface LazyStore {
  readonly open: () => Promise<Store>;
  /** Lets go of it where it was opened. */
  readonly close: () => Promise<void>;
}

/** The store at `DATABASE_URL`, else in the user's data folder; opened by the first command that asks for it. */
export function lazyStore({ env }: Pick<CliIo, 'env'>, now: () => Instant): LazyStore {
  let opening: Promise<Store> | undefined;
  return {
    open: () => {
      opening ??= open(env, now);
      return opening;
    },
    close: async () => {
      // One that could not be opened has been told already.
      const store = await opening?.catch(() => null);
      await store?.close();
    },
  };
}

async function open(env: CliIo['env'], now: () => Instant): Promise<Store> {
  const [{ openStore }, { storeFolder }] = await Promise.all([
    import('../../store/open-store.ts'),
    import('../../store/store-folder.ts'),
  ]);
  return openStore({ databaseUrl: env.DATABASE_URL ?? null, folder: storeFolder(env), now });
}
