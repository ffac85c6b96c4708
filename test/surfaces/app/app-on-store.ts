import { openStore } from '../../../src/store/open-store.ts';
import { createStoreAccess } from '../../../src/store/store-access.ts';
import { startAppServer } from '../../../src/surfaces/app/start-app-server.ts';

// The App as a process of its own on a PostgreSQL, without GitHub's pacing, for the tests that run several of them.
const { env } = process;
const databaseUrl = env.DATABASE_URL ?? '';
// The world's time, so that nothing in it is old.
const now = (): string => env.NOW ?? '';
const { closeStore, ...store } = createStoreAccess(() => openStore({ databaseUrl, folder: null, now }));
const app = await startAppServer({
  appId: Number(env.APP_ID),
  privateKey: env.PRIVATE_KEY ?? '',
  webhookSecret: env.WEBHOOK_SECRET ?? '',
  baseUrl: env.GITHUB_API_URL ?? '',
  pace: 'sandbox',
  coalesce: { quietMs: 10, maxWaitMs: 50 },
  ...{ store, now },
  log: (level, message, about) => process.stderr.write(`${level} ${message} ${String(about?.cause ?? '')}\n`),
});
process.once('SIGTERM', async () => {
  await app.close();
  await closeStore();
  process.exit(0);
});
process.stdout.write(`${app.webhookUrl}\n`);
