import { UserError } from '../../core/failure.ts';
import { storeFolder } from '../../store/store-folder.ts';
import type { OperationsServer } from '../api/start-operations-server.ts';
import type { AppServerOptions } from '../app/start-app-server.ts';
import type { CliIo } from './cli-io.ts';
import { realTime } from './clock-of.ts';
import { lazyStore } from './lazy-store.ts';

const APP_SETTINGS = ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'] as const;

/**
 * Runs until told to stop: the App where one is set up in the environment, with the store if one is named there; without
 * an App the store alone, for the other processes of this machine.
 */
export async function runServe({ port }: { readonly port?: string }, io: CliIo): Promise<void> {
  const isApp = APP_SETTINGS.some((name) => Boolean(io.env[name]));
  if (io.env.DATABASE_URL) return isApp ? serveOnPostgresql(io) : nothingToServe();
  if (isApp && !io.env.PARASOL_DATA) return runApp(io);
  const operations = await startOperations(port, io);
  try {
    await (isApp ? runApp(io, operations.store) : untilToldToStop(io));
  } finally {
    await operations.close();
  }
}

async function startOperations(port: string | undefined, io: CliIo): Promise<OperationsServer> {
  const { startOperationsServer } = await import('../api/start-operations-server.ts');
  const folder = storeFolder(io.env);
  const server = await startOperationsServer({
    folder,
    now: realTime,
    port: portOf(port),
    onBug: (error) => io.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`),
  });
  io.stderr.write(`Parasol holds ${folder} and takes operations for others at ${server.url}; Ctrl-C stops it.\n`);
  return server;
}

async function serveOnPostgresql(io: CliIo): Promise<void> {
  const { closeStore, ...store } = lazyStore(io, realTime);
  try {
    await store.store();
    await runApp(io, store);
  } finally {
    await closeStore();
  }
}

async function runApp(io: CliIo, store?: NonNullable<AppServerOptions['store']>): Promise<void> {
  const { serveApp } = await import('../app/serve-app.ts');
  const served = { env: io.env, once: process.once.bind(process), ...(store === undefined ? {} : { store }) };
  await serveApp(served, ({ webhookUrl }) => {
    io.stderr.write(`Parasol takes webhooks at ${webhookUrl}; Ctrl-C stops it once what it has accepted is done.\n`);
  });
}

function untilToldToStop({ signal }: CliIo): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => resolve();
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function nothingToServe(): never {
  throw new UserError(
    'usage',
    'There is no App to serve (APP_ID), and with DATABASE_URL every Parasol opens the store itself.',
    'Set the App up, or leave DATABASE_URL out to share a folder.',
  );
}

function portOf(text = '0'): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError('usage', `--port ${text} is not a port.`, 'Give a number from 0 to 65535.');
}
