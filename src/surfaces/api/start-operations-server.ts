import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { UserError } from '../../core/failure.ts';
import { connectWithToken } from '../../github/connect-with-token.ts';
import type { OperationContext } from '../../operations/operation.ts';
import { openStore } from '../../store/open-store.ts';
import { createStoreAccess, type StoreAccess } from '../../store/store-access.ts';
import type { Caller } from './caller.ts';
import { operationsApi } from './operations-api.ts';

interface OperationsServerOptions {
  /** The folder that this process is to hold for all others. */
  readonly folder: string;
  readonly now: () => string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Told of bugs, and of connections that broke. */
  readonly onBug: (error: unknown) => void;
}

export interface OperationsServer {
  readonly url: string;
  /** The store that it holds, for whatever else runs in this process. */
  readonly store: Pick<OperationContext, 'store' | 'isStoreOpen'>;
  /** Finishes what was accepted, then lets go of the folder. */
  close(): Promise<void>;
}

/**
 * Takes hold of a PGlite folder and runs operations for the other processes of this machine, which find its address and
 * the secret in the lock file. Listens on 127.0.0.1 only. Throws `UserError('store_locked')` where somebody holds it.
 */
export async function startOperationsServer(options: OperationsServerOptions): Promise<OperationsServer> {
  const { folder, now, port = 0, onBug } = options;
  const secret = randomBytes(32).toString('hex');
  const server = createServer();
  const url = await listen(server, port);
  const access = createStoreAccess(() =>
    openStore({ folder, now, serves: { url, secret }, log: (_, cause) => onBug(cause) }),
  );
  const { closeStore, ...store } = access;
  const contextFor = (caller: Caller): OperationContext => contextOf(caller, { now, store });
  const listener = getRequestListener(operationsApi({ secret, contextFor, onBug }).fetch);
  server.on('request', (request, response) => void listener(request, response));
  try {
    await access.store();
  } catch (cause) {
    await closed(server);
    throw cause;
  }
  return {
    url,
    store,
    close: async () => {
      await closed(server);
      await closeStore();
    },
  };
}

function contextOf(
  caller: Caller,
  { now, store }: { readonly now: () => string; readonly store: Omit<StoreAccess, 'closeStore'> },
): OperationContext {
  const { token, apiUrl, graphqlUrl, repository, now: theirs } = caller;
  const github = connectWithToken({
    token,
    ...(apiUrl === null ? {} : { apiUrl }),
    ...(graphqlUrl === null ? {} : { graphqlUrl }),
  });
  return { github, defaultRepository: repository, ...timeOf(theirs, now), ...store };
}

const timeOf = (theirs: string | null, now: () => string) =>
  theirs === null ? { now } : { now: () => theirs, isTimeGiven: true };

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (cause) {
    throw new UserError('usage', `Port ${port} cannot be used.`, 'Choose another one, or leave it to Parasol (0).', {
      cause,
    });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP server has an address with a port');
  return `http://127.0.0.1:${address.port}`;
}

async function closed(server: Server): Promise<void> {
  const ended = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  await ended;
}
