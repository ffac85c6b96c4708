import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../core/failure.ts';
import { otherThanInput } from '../../core/file-kind.ts';
import { storeFolder } from '../../store/store-folder.ts';
import { type AppServer, type AppServerOptions, startAppServer } from './start-app-server.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The process, as far as serving needs it. */
interface ServedProcess {
  readonly env: Environment;
  once(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown;
  readonly store?: NonNullable<AppServerOptions['store']>;
}

/**
 * Runs the App until it is told to stop (SIGTERM or SIGINT), then finishes what it has accepted. Settings come from the
 * environment: APP_ID, PRIVATE_KEY or PRIVATE_KEY_PATH, WEBHOOK_SECRET, and if need be GITHUB_API_URL, HOST and PORT.
 * `onListening` is told the address once webhooks are taken.
 */
export async function serveApp(
  { env, once, store }: ServedProcess,
  onListening: (server: AppServer) => void = () => {},
): Promise<void> {
  const server = await startAppServer({ ...readAppSettings(env), ...(store === undefined ? {} : { store }) });
  const stop = new Promise<void>((resolve) => {
    once('SIGTERM', resolve);
    once('SIGINT', resolve);
  });
  onListening(server);
  await stop;
  await server.close();
}

/** Throws `UserError('usage')` for what is set wrongly; what is missing is told by the start itself. */
export function readAppSettings(env: Environment): AppServerOptions {
  return {
    appId: Number(env.APP_ID),
    privateKey: readPrivateKey(env),
    webhookSecret: env.WEBHOOK_SECRET ?? '',
    baseUrl: (env.GITHUB_API_URL ?? 'https://api.github.com').replace(/\/+$/, ''),
    host: env.HOST ?? '127.0.0.1',
    port: readPort(env.PORT ?? '3000'),
    pace: 'github',
    ...clonesOf(env),
  };
}

/** Clones stand beside the store's files; a process without any folder of its own keeps none. */
function clonesOf(env: Environment): Pick<AppServerOptions, 'clones'> {
  const hasFolder = Boolean(env.PARASOL_DATA || env.XDG_DATA_HOME || env.HOME);
  return hasFolder ? { clones: { folder: join(storeFolder(env), 'clones') } } : {};
}

/** Many places for secrets hold one line: there the key's line ends are written as `\n`. */
function readPrivateKey({ PRIVATE_KEY, PRIVATE_KEY_PATH }: Environment): string {
  if (PRIVATE_KEY !== undefined) return PRIVATE_KEY.replaceAll('\\n', '\n');
  if (PRIVATE_KEY_PATH === undefined) return '';
  const hint = 'Set PRIVATE_KEY_PATH to the PEM file that GitHub gave you for the App.';
  try {
    const kind = otherThanInput(PRIVATE_KEY_PATH, statSync(PRIVATE_KEY_PATH));
    if (kind === null) return readFileSync(PRIVATE_KEY_PATH, 'utf8');
    throw new Error(`it is ${kind}`);
  } catch (cause) {
    throw new UserError('usage', `The private key at ${PRIVATE_KEY_PATH} cannot be read.`, hint, { cause });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (text.trim() !== '' && Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new UserError('usage', `PORT is "${text}", which is not a port.`, 'Set it to a number from 0 to 65535.');
}
