import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sign } from '@octokit/webhooks-methods';
import { parse } from 'yaml';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import {
  addApp,
  addCollaborator,
  addInstallation,
  addRepository,
  createWorld,
  repositoryKey,
} from '../../../src/sandbox/create-world.ts';
import { type Sandbox, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import { createWebhookSender, type WebhookSender } from '../../../src/sandbox/webhooks/webhook-sender.ts';
import type {
  AppRecord,
  CommentRecord,
  InstallationRecord,
  IssueRecord,
  ItemKey,
  Permissions,
  RepositoryRecord,
  World,
} from '../../../src/sandbox/world.ts';
import { type AppServer, type AppServerOptions, startAppServer } from '../../../src/surfaces/app/start-app-server.ts';

/** The App's settings as GitHub would read them. */
export const APP_MANIFEST: { default_events: string[]; default_permissions: Permissions } = parse(
  readFileSync(new URL('../../../app.yml', import.meta.url), 'utf8'),
);

export const SECRET = 'a secret of the tests, long enough';
/** One key pair for all Apps of a test file: making one takes longer than most tests. */
const KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

export const KEY = repositoryKey('octo', 'harbor');

/** A world with `octo/harbor`, its configuration, the App installed, and an umbrella with some children. */
export interface TestWorld {
  readonly world: World;
  readonly repository: RepositoryRecord;
  readonly app: AppRecord;
  readonly installation: InstallationRecord;
  readonly umbrella: IssueRecord;
  readonly children: readonly IssueRecord[];
}

interface TestWorldOptions {
  readonly children?: number;
  /** Null: none. */
  readonly config?: string | null;
  readonly permissions?: Permissions;
  readonly visibility?: RepositoryRecord['visibility'];
}

export function buildTestWorld(options: TestWorldOptions = {}): TestWorld {
  const { children = 3, config = 'version: 1\n', permissions = APP_MANIFEST.default_permissions } = options;
  const world = createWorld();
  const files = config === null ? {} : { '.github/parasol.yml': config };
  const repository = addRepository(world, {
    owner: 'octo',
    name: 'harbor',
    visibility: options.visibility ?? 'public',
    files,
  });
  addCollaborator(world, repository, 'kim', 'write');
  addCollaborator(world, repository, 'ravi', 'read');
  const app = addApp(world, {
    slug: 'parasol',
    permissions,
    events: APP_MANIFEST.default_events,
    webhookSecret: SECRET,
    publicKey: KEYS.publicKey,
  });
  const installation = addInstallation(world, { appId: app.id, account: 'octo', permissions });
  const umbrella = openIssue(world, 'kim', { repository: KEY, title: 'Harbor opens' });
  const tasks = Array.from({ length: children }, (_, n) =>
    openIssue(world, 'kim', { repository: KEY, title: `Task ${n + 1}` }),
  );
  for (const task of tasks) addSubIssue(world, 'kim', { parent: at(umbrella), child: at(task) });
  return { world, repository, app, installation, umbrella, children: tasks };
}

export const at = (issue: { readonly number: number }, repository = KEY): ItemKey => ({
  repository,
  number: issue.number,
});

export interface LogEntry {
  readonly level: string;
  readonly message: string;
  readonly deliveryIds?: readonly string[] | undefined;
  readonly cause?: unknown;
}

export interface TestApp extends TestWorld {
  readonly sandbox: Sandbox;
  readonly server: AppServer;
  readonly sender: WebhookSender;
  /** Resolves when every webhook is delivered, and everything that it caused is done. */
  settle(): Promise<void>;
  readonly log: LogEntry[];
  /** Comments of the App under an issue. */
  ownComments(issue?: IssueRecord): readonly CommentRecord[];
  close(): Promise<void>;
}

/** A world that is served again is the same GitHub, so that what the store keeps of it is still its own. */
const PORTS = new WeakMap<World, number>();

/** Starts the sandbox and the App beside it, and waits until the App has read what is there; `onStarted` sees what it asked for. */
export async function startTestApp(
  built: TestWorld = buildTestWorld(),
  options: Partial<AppServerOptions> = {},
  onStarted: (sandbox: Sandbox) => void = () => {},
): Promise<TestApp> {
  const { world, app } = built;
  const sandbox = await startSandbox({ world, port: PORTS.get(world) ?? 0 });
  PORTS.set(world, Number(new URL(sandbox.url).port));
  const log: LogEntry[] = [];
  const sender = createWebhookSender({ world, baseUrl: sandbox.url });
  // Cloned from the sandbox, unless a test has a server of its own.
  const clones = options.clones === undefined ? {} : { clones: { remote: sandbox.url, ...options.clones } };
  const settings = { ...settingsOf(app, sandbox, log), now: () => world.now() };
  const server = await startAppServer({ ...settings, ...options, ...clones });
  app.webhookUrl = server.webhookUrl;
  await server.idle();
  onStarted(sandbox);
  sandbox.requests.reset();
  return {
    ...built,
    sandbox,
    server,
    sender,
    settle: async () => {
      await sender.settled();
      await server.idle();
      await sender.settled();
    },
    log,
    ownComments: (issue = built.umbrella) => issue.comments.filter(({ author }) => author === 'parasol[bot]'),
    close: async () => {
      sender.stop();
      await server.close();
      await sandbox.close();
    },
  };
}

export function settingsOf(app: AppRecord, sandbox: Pick<Sandbox, 'apiUrl'>, log: LogEntry[]): AppServerOptions {
  return {
    appId: app.id,
    privateKey: KEYS.privateKey,
    webhookSecret: app.webhookSecret,
    baseUrl: sandbox.apiUrl,
    pace: 'sandbox',
    coalesce: { quietMs: 10, maxWaitMs: 50 },
    log: (level, message, about) => log.push({ level, message, ...about }),
  };
}

interface SentWebhook {
  readonly id?: string;
  readonly signature?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a webhook as GitHub does, unless told to do it otherwise. */
export async function sendWebhook(
  server: AppServer,
  name: string,
  payload: unknown,
  { id = randomUUID(), signature, headers = {} }: SentWebhook = {},
): Promise<{ readonly status: number; readonly body: string }> {
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  const signed = signature === undefined ? await sign(SECRET, text) : signature;
  const response = await fetch(server.webhookUrl, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/test',
      'x-github-event': name,
      'x-github-delivery': id,
      ...(signed === null ? {} : { 'x-hub-signature-256': signed }),
      ...headers,
    },
  });
  return { status: response.status, body: await response.text() };
}
