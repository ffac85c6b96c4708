import { generateKeyPairSync } from 'node:crypto';
import { Octokit } from '@octokit/rest';
import { importPKCS8, SignJWT } from 'jose';
import {
  addAccount,
  addApp,
  addCollaborator,
  addInstallation,
  addLabel,
  addRepository,
  addUserToken,
  createWorld,
} from '../../../src/sandbox/create-world.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/start-sandbox.ts';
import type {
  AppRecord,
  InstallationRecord,
  Permissions,
  RepositoryRecord,
  World,
} from '../../../src/sandbox/world.ts';

export const EVERYTHING: Permissions = {
  metadata: 'read',
  issues: 'write',
  pull_requests: 'write',
  contents: 'write',
  checks: 'write',
  statuses: 'write',
};

/** Made once: a fresh pair for every world would take longer than the tests. */
export const APP_KEYS = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

interface SmallWorld {
  readonly world: World;
  readonly port: RepositoryRecord;
  readonly vault: RepositoryRecord;
  readonly app: AppRecord;
  readonly installation: InstallationRecord;
}

/**
 * A public repository `harbor/port` and a private one `harbor/vault`; kim administers both, ravi triages and noor only
 * reads the public one, lena works elsewhere. The App is installed on both with every permission.
 */
export function makeSmallWorld(): SmallWorld {
  const world = createWorld();
  const port = addRepository(world, { owner: 'harbor', name: 'port', files: { 'README.md': '# Port\n' } });
  const vault = addRepository(world, { owner: 'harbor', name: 'vault', visibility: 'private' });
  addCollaborator(world, port, 'kim', 'admin');
  addCollaborator(world, vault, 'kim', 'admin');
  addCollaborator(world, port, 'ravi', 'triage');
  for (const login of ['noor', 'lena']) addAccount(world, { login });
  for (const login of ['kim', 'ravi', 'noor', 'lena']) addUserToken(world, { token: `${login}-token`, login });
  addLabel(world, port, { name: 'lane:api', color: '0e8a16', description: 'The API lane' });
  const { publicKey } = APP_KEYS;
  const app = addApp(world, { slug: 'parasol', permissions: EVERYTHING, events: ['issues'], publicKey });
  const installation = addInstallation(world, { appId: app.id, account: 'harbor' });
  return { world, port, vault, app, installation };
}

export interface Running extends SmallWorld {
  readonly sandbox: Sandbox;
  /** An unmodified Octokit, without retries or throttling and with its log silent. */
  readonly as: (token: string | null) => Octokit;
}

/** The small world, served. */
export async function runSmallWorld(options: Omit<SandboxOptions, 'world'> = {}): Promise<Running> {
  const small = makeSmallWorld();
  const sandbox = await startSandbox({ world: small.world, ...options });
  return { ...small, sandbox, as: (token) => octokitFor(sandbox.apiUrl, token) };
}

function octokitFor(baseUrl: string, token: string | null): Octokit {
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return new Octokit({ baseUrl, log: silent, ...(token === null ? {} : { auth: token }) });
}

interface Claims {
  readonly iss?: string | number;
  /** Seconds from `now`. */
  readonly issuedIn?: number;
  readonly expiresIn?: number;
  readonly now?: Date;
  readonly privateKey?: string;
}

/** A JWT as the App signs it. */
export async function signAppToken(app: AppRecord, claims: Claims = {}): Promise<string> {
  const now = Math.floor((claims.now ?? new Date()).getTime() / 1000);
  const key = await importPKCS8(claims.privateKey ?? APP_KEYS.privateKey, 'RS256');
  const payload = {
    iss: String(claims.iss ?? app.id),
    iat: now + (claims.issuedIn ?? -30),
    exp: now + (claims.expiresIn ?? 540),
  };
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', typ: 'JWT' }).sign(key);
}

/** Sends a request as it is and shows what came back. */
export async function send(
  sandbox: Sandbox,
  path: string,
  options: {
    readonly method?: string;
    readonly token?: string;
    readonly body?: string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<{ status: number; headers: Headers; body: unknown }> {
  const { method = 'GET', token, body } = options;
  const headers = { ...options.headers, ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) };
  const answer = await fetch(sandbox.url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}
