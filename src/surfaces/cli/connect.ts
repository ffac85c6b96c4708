import { visibleLine } from '../../core/markdown.ts';
import type { ConnectionLog } from '../../github/connect-with-token.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import { cacheFolder } from './cache-folder.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { clockOf, realTime } from './clock-of.ts';
import type { Connection } from './connection.ts';
import { findDefaultRepository } from './find-default-repository.ts';
import { lazyStore } from './lazy-store.ts';
import { runWhereStoreIs } from './run-where-store-is.ts';

/** Somebody sits and waits. GitHub itself gives up after 10 s; a server that hangs is given up after less than a minute. */
const PATIENCE = { timeoutMs: 12_000, patienceMs: 30_000 };

/**
 * GitHub as the command line means it: with `--world` a sandbox started inside this process and spoken to over loopback,
 * otherwise the server at `GITHUB_API_URL` with `GITHUB_TOKEN` or `GH_TOKEN`, or without a token where things are public.
 */
export async function connect(options: GlobalOptions, io: CliIo): Promise<Connection> {
  if (options.world !== undefined) {
    const { connectToWorld } = await import('./connect-to-world.ts');
    return connectToWorld(options.world, options, io);
  }
  const { connectWithToken } = await import('../../github/connect-with-token.ts');
  const token = io.env.GITHUB_TOKEN || io.env.GH_TOKEN || null;
  const github = connectWithToken({
    token,
    ...(io.env.GITHUB_API_URL ? { apiUrl: io.env.GITHUB_API_URL } : {}),
    ...(io.env.GITHUB_GRAPHQL_URL ? { graphqlUrl: io.env.GITHUB_GRAPHQL_URL } : {}),
    ...PATIENCE,
    ...(io.clock === undefined ? {} : { secondMs: io.clock.secondMs }),
    log: warningsOnce(io),
  });
  const defaultRepository =
    options.repo === undefined ? await findDefaultRepository(io) : parseRepository(options.repo);
  const now = clockOf(options.now, realTime);
  const { closeStore, ...store } = lazyStore(io, realTime);
  const machine = { cacheFolder: cacheFolder(io.env) };
  const clock = io.clock === undefined ? {} : { clock: io.clock };
  const context = {
    github,
    defaultRepository,
    now,
    isTimeGiven: options.now !== undefined,
    machine,
    ...store,
    ...clock,
  };
  const caller = {
    token,
    apiUrl: io.env.GITHUB_API_URL || null,
    graphqlUrl: io.env.GITHUB_GRAPHQL_URL || null,
    repository: defaultRepository,
    now: options.now === undefined ? null : now(),
  };
  const run: Connection['run'] = (entry, input, more = {}) =>
    runWhereStoreIs(entry, input, { io, caller, runHere: () => entry.run({ ...context, ...more }, input) });
  return { context, run, close: closeStore };
}

/** What delays a command (silence, a rate limit) goes to stderr, each line once. */
export function warningsOnce({ stderr }: Pick<CliIo, 'stderr'>): ConnectionLog {
  const said = new Set<string>();
  const warn = (message: string): void => {
    if (said.has(message)) return;
    said.add(message);
    stderr.write(`${visibleLine(message)}\n`);
  };
  return { debug: () => {}, info: () => {}, warn, error: () => {} };
}
