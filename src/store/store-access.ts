import type { Store } from './store.ts';

/** A store that is opened when it is first needed, once. */
export interface StoreAccess {
  readonly store: () => Promise<Store>;
  readonly isStoreOpen: () => boolean;
  /** Whether opening it would make none. */
  readonly hasStore: () => boolean;
  /** Lets go of it, if it was ever opened. */
  readonly closeStore: () => Promise<void>;
}

/** An attempt to open that failed is made again at the next question. `isThere`: whether there is one before it is opened. */
export function createStoreAccess(open: () => Promise<Store>, isThere: () => boolean = () => false): StoreAccess {
  let opening: Promise<Store> | undefined;
  let isOpen = false;
  const store = (): Promise<Store> => {
    opening ??= open().then(
      (opened) => {
        isOpen = true;
        return opened;
      },
      (cause) => {
        opening = undefined;
        throw cause;
      },
    );
    return opening;
  };
  return {
    store,
    isStoreOpen: () => isOpen,
    hasStore: () => isOpen || isThere(),
    closeStore: async () => {
      const opened = await opening?.catch(() => undefined);
      await opened?.close();
    },
  };
}
