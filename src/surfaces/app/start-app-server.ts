import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createNodeMiddleware } from 'probot';
import { createApp } from '../../app.ts';
import { UserError } from '../../core/failure.ts';
import { createMirrors } from '../../git/mirrors.ts';
import { originOf } from '../../github/origin-of.ts';
import { MACHINE_CLOCK, type WaitClock } from '../../operations/wait-clock.ts';
import { type Activity, createActivity } from './activity.ts';
import { type AppLog, logToStderr } from './app-log.ts';
import { createAppProbot } from './app-probot.ts';
import { checkAppSettings } from './check-app-settings.ts';
import { createEventPipeline, type EventPipeline } from './event-pipeline.ts';
import { createInstallationClients, loadIdentity } from './installation-clients.ts';
import type { Pacing, PipelineOptions, RefreshEvent, StoreUse } from './pipeline-options.ts';
import { HANDLED_EVENTS } from './route-event.ts';
import { createWebhookGuard, type WebhookGuard } from './webhook-guard.ts';

export interface AppServerOptions {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  /** API root: `https://api.github.com`, `https://HOST/api/v3`, or a sandbox's `apiUrl`. */
  readonly baseUrl: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Default: this machine only. */
  readonly host?: string;
  /** `github` keeps to GitHub's limits for content; `sandbox` writes without waiting. */
  readonly pace: 'github' | 'sandbox';
  readonly log?: AppLog;
  /** Pages beside the webhook: any fetch handler, for instance a hono app. */
  readonly routes?: { readonly fetch: (request: Request) => Response | Promise<Response> };
  readonly coalesce?: { readonly quietMs: number; readonly maxWaitMs: number };
  /** Default: the machine's, and leases by the store's. */
  readonly now?: () => string;
  /** What bulk writes and looks into the store are paced by; default: the machine's clock. */
  readonly clock?: WaitClock;
  /** Where the claims are that the rollups show, and the plans of commands. Default: none. */
  readonly store?: StoreUse;
  /** Where clones are kept by which conflicts are verified; default: none. `remote` is `https://` and GitHub's host unless it is given. */
  readonly clones?: { readonly folder: string; readonly remote?: string };
  /** Patience with one request to GitHub. Default: 30 s. */
  readonly requestTimeoutMs?: number;
}

export interface AppServer {
  readonly url: string;
  readonly webhookUrl: string;
  /** Resolves when every event so far is handled and every refresh that it caused is done. */
  idle(): Promise<void>;
  /** Returns the function that stops listening. */
  onRefresh(listener: (event: RefreshEvent) => void): () => void;
  /** Stops accepting, finishes what was accepted (for at most ten seconds), then closes. */
  close(): Promise<void>;
}

const WEBHOOK_PATH = '/api/github/webhooks';

const PACING: Readonly<Record<AppServerOptions['pace'], Pacing>> = {
  github: {
    quietMs: 500,
    maxWaitMs: 3000,
    staleReadMs: 3000,
    staleRetryDelaysMs: [5000, 20_000, 60_000],
    retryDelaysMs: [2000, 15_000, 60_000],
  },
  sandbox: {
    quietMs: 500,
    maxWaitMs: 3000,
    staleReadMs: 100,
    staleRetryDelaysMs: [200, 400, 800],
    retryDelaysMs: [20, 100, 500],
  },
};
const DRAIN_MS = 10_000;
/** A sender that takes longer over its request is not GitHub. */
const REQUEST_TIMEOUT_MS = 30_000;

/**
 * Starts the App: signs in, listens for webhooks, and refreshes what may have changed while it was away. Serves
 * `POST /api/github/webhooks`, `GET /healthz`, and `routes` for everything else. Throws `UserError` when a setting is
 * missing or unsafe, or when GitHub does not accept the App's key.
 */
export async function startAppServer(options: AppServerOptions): Promise<AppServer> {
  checkAppSettings(options);
  const { log = logToStderr, now = () => new Date().toISOString(), store = {}, clock = MACHINE_CLOCK } = options;
  const activity = createActivity();
  const listeners = new Set<(event: RefreshEvent) => void>();
  const probot = createAppProbot(options);
  const own = await loadIdentity(probot);
  const clients = createInstallationClients(probot);
  const installations = await clients.loadAll();

  const pipeline = createEventPipeline({
    clients,
    origin: originOf(options.baseUrl),
    own,
    activity,
    now,
    store: { ...store, isTimeGiven: options.now !== undefined },
    clock,
    ...clonesOf(options),
    log,
    pacing: { ...PACING[options.pace], ...options.coalesce },
    onRefresh: (event) => {
      for (const listener of listeners) listener(event);
    },
    onGivenUp: (deliveryIds) => guard.forget(deliveryIds),
  });
  const middleware = await createNodeMiddleware(createApp(pipeline), { probot, webhooksPath: WEBHOOK_PATH });
  const guard = createWebhookGuard({ secret: options.webhookSecret, middleware, log, events: HANDLED_EVENTS });
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, listener({ guard, log, routes: options.routes }));
  const url = await listen(server, options);
  for (const id of installations) pipeline.reconcile(id);
  pipeline.watch();

  return {
    url,
    webhookUrl: `${url}${WEBHOOK_PATH}`,
    idle: activity.idle,
    onRefresh: (heard) => {
      listeners.add(heard);
      return () => listeners.delete(heard);
    },
    close: () => drain(server, pipeline, activity),
  };
}

function clonesOf({ clones, baseUrl }: AppServerOptions): Pick<PipelineOptions, 'clones'> {
  if (clones === undefined) return {};
  return { clones: createMirrors({ remote: `https://${originOf(baseUrl)}`, ...clones }) };
}

async function drain(server: Server, pipeline: EventPipeline, activity: Activity): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeIdleConnections();
  pipeline.hurry();
  await Promise.race([activity.idle(), elapsed(DRAIN_MS)]);
  server.closeAllConnections();
  await closed;
}

interface ListenerOptions {
  readonly guard: WebhookGuard;
  readonly log: AppLog;
  readonly routes: AppServerOptions['routes'];
}

function listener({ guard, log, routes }: ListenerOptions) {
  const pages = routes === undefined ? notFound : getRequestListener(routes.fetch);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    if (path === WEBHOOK_PATH) await guard.answer(request, response);
    else if (path === '/healthz') response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
    else await pages(request, response);
  };
  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((cause: unknown) => {
      log('error', 'a request failed', { cause });
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"error":"internal error"}');
    });
  };
}

/** Without the slashes at its end. */
function pathOf({ url = '' }: IncomingMessage): string {
  const path = url.split('?', 1)[0] ?? '';
  let end = path.length;
  while (end > 1 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/plain' }).end('not found\n');
}

function listen(server: Server, { port = 0, host = '127.0.0.1' }: AppServerOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(portFailure(cause, port)));
    server.listen(port, host, () => {
      const { address, port: taken, family } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`);
    });
  });
}

/** A port that is taken or not ours to take is the user's matter; anything else is a bug. */
function portFailure(cause: NodeJS.ErrnoException, port: number): Error {
  const why = { EADDRINUSE: 'is taken', EACCES: 'may not be used by this user' }[cause.code ?? ''];
  if (why === undefined) return cause;
  return new UserError('usage', `Port ${port} ${why}.`, 'Choose another port, or leave it to Parasol (0).', { cause });
}

const elapsed = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
