import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { FaultControl } from './http/fault-control.ts';
import { createFaults } from './http/faults.ts';
import { createGitFolders } from './http/git-folders.ts';
import { GENEROUS_LIMITS, type Limits } from './http/limits.ts';
import { createRateLimiter } from './http/rate-limiter.ts';
import { createRequestLog, type RequestLog } from './http/request-log.ts';
import { createSandboxApp } from './http/sandbox-app.ts';
import type { SandboxState } from './http/sandbox-state.ts';
import { createStaleReads } from './http/stale-world.ts';
import { createWebhookSender, type WebhookSender } from './webhooks/webhook-sender.ts';
import type { World } from './world.ts';

export interface SandboxOptions {
  readonly world: World;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** What the addresses of its issues, pull requests … begin with; default: the sandbox's own `url`. */
  readonly addresses?: string;
  /** Replaces single limits of the generous default. */
  readonly limits?: Partial<Limits>;
  /** The machine's clock: JWTs, issued tokens, rate limits and stale reads live by it, never by the world's. */
  readonly clock?: () => Date;
  /** Sends the world's events to the webhook addresses of its Apps; otherwise whoever wants that makes a sender. */
  readonly deliverWebhooks?: boolean;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT`; REST answers here too. */
  readonly url: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly world: World;
  readonly requests: RequestLog;
  readonly faults: FaultControl;
  /** Null unless asked for. Its own faults lose, repeat, delay and reorder. */
  readonly webhooks: WebhookSender | null;
  close(): Promise<void>;
}

/** Serves a world as GitHub would, on loopback. Requests left hanging end when it closes. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const server = createServer();
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const url = addressOf(server);
  const closing = new AbortController();
  const state = createState(options, options.addresses ?? url, closing.signal);
  server.on('request', getRequestListener(createSandboxApp(state).fetch));
  return {
    url,
    apiUrl: `${url}/api/v3`,
    graphqlUrl: `${url}/api/graphql`,
    world: options.world,
    requests: state.log,
    faults: state.faults.control,
    webhooks: state.webhooks,
    close: async () => {
      closing.abort();
      state.stale.stop();
      state.webhooks?.stop();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
      await state.gitFolders.close();
    },
  };
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the sandbox listens on no port');
  return `http://127.0.0.1:${address.port}`;
}

function createState(options: SandboxOptions, baseUrl: string, closing: AbortSignal): SandboxState {
  const { world, clock = () => new Date() } = options;
  const limiter = createRateLimiter({ ...GENEROUS_LIMITS, ...options.limits }, clock);
  const stale = createStaleReads(world, clock);
  const faults = createFaults({
    exhaust: (resetInSeconds) => limiter.exhaust(Math.floor(clock().getTime() / 1000) + resetInSeconds),
    makeStale: (forMs) => stale.start(forMs),
    clear: () => {
      limiter.restore();
      stale.stop();
    },
  });
  const webhooks = options.deliverWebhooks === true ? createWebhookSender({ world, baseUrl }) : null;
  const shared = { log: createRequestLog(), gitFolders: createGitFolders(), webhooks, closing };
  return { world, clock, baseUrl, limiter, faults, stale, ...shared };
}
