import type { Store } from '../../../src/store/store.ts';
import { createManualClock } from './manual-clock.ts';
import { startTestApp, type TestApp, type TestWorld } from './test-app.ts';

/** The App with a store and a clock that stands still until the test moves it. */
export async function startAppWithStore(built: TestWorld, store: Store, clock = createManualClock()) {
  const app: TestApp = await startTestApp(built, {
    store: { store: async () => store, isStoreOpen: () => true },
    clock,
    now: clock.now,
  });
  return { app, clock };
}
