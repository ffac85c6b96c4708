import { resolve } from 'node:path';
import { UserError } from '../../core/failure.ts';
import type { RepositoryRef } from '../../core/task/identity.ts';
import { connectWithToken } from '../../github/connect-with-token.ts';
import { parseRepository } from '../../operations/repository-input.ts';
import { loadWorld } from '../../sandbox/load-world.ts';
import { startSandbox } from '../../sandbox/start-sandbox.ts';
import type { World } from '../../sandbox/world.ts';
import { cacheFolder } from './cache-folder.ts';
import type { CliIo, GlobalOptions } from './cli-io.ts';
import { clockOf, realTime } from './clock-of.ts';
import type { Connection } from './connection.ts';
import { openWorldStore } from './open-world-store.ts';
import { worldClones } from './world-clones.ts';
import { readerToken } from './world-reader.ts';

/**
 * What the addresses in a file's world begin with. The same in every run, and a name that RFC 2606 keeps free, so that no
 * link leads to somebody's real repository, or to a port of this machine where nothing listens any more.
 */
const ADDRESSES = 'https://github.example';

/**
 * Loads the file, serves it as a GitHub on a free port of 127.0.0.1, and connects as somebody who may read all of it. Its
 * plans and claims live as long as it does: kept in the user's store, they could be carried out on the real GitHub.
 */
export async function connectToWorld(file: string, options: GlobalOptions, io: CliIo): Promise<Connection> {
  const asked = options.repo === undefined ? null : parseRepository(options.repo);
  const world = await loadWorld(resolve(io.cwd, file));
  const now = clockOf(options.now, () => world.now());
  const defaultRepository = asked ?? mainRepository(world, file);
  const token = readerToken(world);
  sayConflicts(world, file, io);
  // From here on nothing may throw: what listens would keep the process alive.
  const sandbox = await startSandbox({ world, addresses: ADDRESSES });
  const github = connectWithToken({
    token,
    apiUrl: sandbox.apiUrl,
    graphqlUrl: sandbox.graphqlUrl,
    pace: 'sandbox',
  });
  const { closeStore, ...store } = openWorldStore(realTime);
  const clones = worldClones(sandbox.url, token);
  const machine = { cacheFolder: cacheFolder(io.env), fetchClone: clones.fetch };
  // The world's time is no machine's, so leases go by it too.
  const context = { github, defaultRepository, now, isTimeGiven: true, isStoreFresh: true, machine, ...store };
  const close = async () => {
    await closeStore();
    await clones.close();
    await sandbox.close();
  };
  const run: Connection['run'] = (entry, input, more = {}) =>
    entry.run({ ...context, ...more }, input).catch((cause: unknown) => {
      throw entry.needsStore(input) ? withEndOfWorld(cause) : cause;
    });
  return { context, run, close };
}

/** A plan or a claim that is not there was likely made by a command that is over. */
function withEndOfWorld(cause: unknown): unknown {
  if (!(cause instanceof UserError) || (cause.code !== 'not_found' && cause.code !== 'claim_refused')) return cause;
  const hint = `${cause.hint} The plans and claims of a world end with the command that made them.`;
  return new UserError(cause.code, cause.message, hint, { cause });
}

/** The one that the file names first. */
function mainRepository(world: World, file: string): RepositoryRef {
  for (const { owner, name } of world.repositories.values()) return { owner, repo: name };
  throw new UserError(
    'world_invalid',
    `${file} has no repository in it, so there is nothing to read.`,
    'Add one below `repositories:`; fixtures/worlds/tiny.yml shows the smallest world there is.',
  );
}

function sayConflicts({ loadConflicts }: World, file: string, { env, stderr }: CliIo): void {
  const [first] = loadConflicts;
  if (first === undefined) return;
  const isVerbose = Boolean(env.PARASOL_DEBUG);
  if (isVerbose) {
    for (const { subject, problem } of loadConflicts) stderr.write(`${file}: ${subject}: ${problem}\n`);
    return;
  }
  const count = loadConflicts.length;
  stderr.write(
    `${file}: ${count} ${count === 1 ? 'fact' : 'facts'} that GitHub could not hold, for instance ${first.subject}: ` +
      `${first.problem} (PARASOL_DEBUG=1 lists all)\n`,
  );
}
