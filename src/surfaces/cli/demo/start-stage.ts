import { UserError } from '../../../core/failure.ts';
import type { Ref } from '../../../core/task/identity.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/start-sandbox.ts';
import { createWebhookSender, type WebhookSender } from '../../../sandbox/webhooks/webhook-sender.ts';
import type { AppRecord, World } from '../../../sandbox/world.ts';
import type { RefreshEvent } from '../../app/pipeline-options.ts';
import { type AppServer, type AppServerOptions, startAppServer } from '../../app/start-app-server.ts';
import { castStory, inviteExtras } from './cast.ts';
import { castReadiness } from './cast-readiness.ts';
import { openReadinessDesk, type ReadinessDesk } from './readiness-desk.ts';
import { registerApp } from './register-app.ts';
import { type StoryStep, tellStory } from './story.ts';

interface StageOptions {
  readonly world: World;
  readonly port: number;
  /** Pages beside the webhook, given the address of the GitHub that they speak of. */
  readonly routes?: (githubUrl: string) => NonNullable<AppServerOptions['routes']>;
  readonly onRefresh?: (event: RefreshEvent) => void;
  /** Told of each webhook that was delivered, in words. */
  readonly onDelivery?: (text: string) => void;
}

export interface StageCounts {
  readonly webhooks: number;
  readonly graphqlCalls: number;
  readonly commentsCreated: number;
  readonly commentEdits: number;
}

/** A GitHub in this process, the real App beside it, and the webhooks between the two. */
export interface Stage {
  readonly world: World;
  readonly umbrella: Ref;
  readonly steps: readonly StoryStep[];
  /** Null in a world without a milestone that is due. */
  readonly readiness: ReadinessDesk | null;
  readonly url: string;
  /**
   * Resolves when every webhook is delivered and everything it caused is done. Throws what the App logged as an error
   * meanwhile: in a demo nothing may go wrong silently.
   */
  settle(): Promise<void>;
  /** The refreshes since the last call, oldest first. */
  takeRefreshes(): readonly RefreshEvent[];
  counts(): StageCounts;
  close(): Promise<void>;
}

/** A burst in the demo is what one step sets off, and that is over as soon as the sender is. */
const COALESCE = { quietMs: 60, maxWaitMs: 400 };

export async function startStage({ world, port, routes, onRefresh, onDelivery }: StageOptions): Promise<Stage> {
  inviteExtras(world);
  const cast = castStory(world);
  const { record, privateKey } = registerApp(world);
  const sandbox = await startSandbox({ world });
  const sender = createWebhookSender({ world, baseUrl: sandbox.url });
  const failures: string[] = [];
  const app = await startAppServer({
    appId: record.id,
    privateKey,
    webhookSecret: record.webhookSecret,
    baseUrl: sandbox.apiUrl,
    port,
    pace: 'sandbox',
    coalesce: COALESCE,
    now: () => world.now(),
    log: (level, message, about) => {
      if (level === 'error') failures.push(`${message}${about?.cause === undefined ? '' : `: ${String(about.cause)}`}`);
    },
    ...(routes === undefined ? {} : { routes: routes(sandbox.url) }),
  }).catch(async (error: unknown) => {
    sender.stop();
    await sandbox.close();
    throw error;
  });
  record.webhookUrl = app.webhookUrl;
  const refreshes: RefreshEvent[] = [];
  app.onRefresh((event) => {
    refreshes.push(event);
    onRefresh?.(event);
  });
  const noteDeliveries = deliveryNotes(sender, onDelivery);
  const { owner, name } = cast.repository;
  const readiness = openDesk(world, sandbox, record);
  return {
    world,
    umbrella: { owner, repo: name, number: cast.umbrella.number },
    steps: tellStory(world, cast),
    readiness,
    url: app.url,
    settle: () => settle({ app, sender, failures, noteDeliveries }),
    takeRefreshes: () => refreshes.splice(0),
    counts: () => countRequests(sandbox, sender),
    close: async () => {
      sender.stop();
      await app.close();
      await readiness?.close();
      await sandbox.close();
    },
  };
}

function openDesk(world: World, sandbox: Sandbox, { id }: AppRecord): ReadinessDesk | null {
  const cast = castReadiness(world);
  const installation = [...world.installations.values()].find(
    (one) => one.appId === id && one.account.toLowerCase() === cast?.repository.owner.toLowerCase(),
  );
  return cast === null || installation === undefined ? null : openReadinessDesk({ world, sandbox, cast, installation });
}

interface Settling {
  readonly app: AppServer;
  readonly sender: WebhookSender;
  readonly failures: string[];
  readonly noteDeliveries: () => void;
}

async function settle({ app, sender, failures, noteDeliveries }: Settling): Promise<void> {
  await sender.settled();
  noteDeliveries();
  await app.idle();
  // The App's own comment is announced to it as well.
  await sender.settled();
  await app.idle();
  noteDeliveries();
  const [first] = failures.splice(0);
  if (first !== undefined) {
    throw new UserError('internal', `The App failed: ${first}`, 'Run it again with PARASOL_DEBUG=1, and tell us.');
  }
}

/** Tells of the deliveries that were not told of before. */
function deliveryNotes({ log }: WebhookSender, tell: StageOptions['onDelivery']): () => void {
  let told = 0;
  return () => {
    for (const { event, action, status } of log.slice(told)) {
      tell?.(`${action === null ? event : `${event}.${action}`}, answered ${status}`);
    }
    told = log.length;
  };
}

function countRequests(sandbox: Sandbox, sender: WebhookSender): StageCounts {
  const { entries } = sandbox.requests;
  const comments = entries.filter(
    ({ path, isWrite }) => isWrite && /\/comments(?:\/|$)/.test(path.split('?')[0] ?? ''),
  );
  return {
    webhooks: sender.log.length,
    graphqlCalls: entries.filter(({ path }) => path.startsWith('/api/graphql') || path.startsWith('/graphql')).length,
    commentsCreated: comments.filter(({ method }) => method === 'POST').length,
    commentEdits: comments.filter(({ method }) => method === 'PATCH').length,
  };
}
