import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { UserError } from '../core/failure.ts';
import { findNoRoom } from '../git/explain-failure.ts';
import { openRepository, type Repository } from '../git/open-repository.ts';
import { type CloneIdentity, identifyClone } from '../git/read-origin.ts';
import { fileCache, type TrialCache } from '../git/trial-cache.ts';
import type { Machine, OperationContext } from './operation.ts';
import { type RiskTime, startRiskTime } from './risk-time.ts';

/** A clone that is open for reading. */
export interface OpenClone {
  readonly repository: Repository;
  /** Keeps what was computed about it. */
  readonly cacheFolder: string;
  /** What trial merges told before. */
  readonly trials: () => TrialCache;
  /** Began when it was opened. */
  readonly time: RiskTime;
  /** Its branches and heads were fetched for this look. */
  readonly isFetched?: true | undefined;
}

/** A clone at hand, with the folder that keeps what was computed about its repository. */
export interface RiskClone extends CloneIdentity, OpenClone {
  /** As it was named. */
  readonly path: string;
}

/** A bare clone that the App keeps, with the base branches and all heads. */
export interface MirroredClone {
  readonly path: string;
  readonly trials: TrialCache;
}

/** Throws `usage` where the caller is not who runs this process: then no folder of the machine is any of their business. */
export function demandMachine({ machine }: Pick<OperationContext, 'machine'>): Machine {
  if (machine !== undefined) return machine;
  const hint = 'Run it where the clone is: parasol risk queue --repo PATH, or parasol mcp on that machine.';
  throw new UserError('usage', 'Folders of this machine are not read for others.', hint);
}

interface CloneToOpen {
  readonly path: string;
  /** How long to look into it; as long as it takes when absent. */
  readonly seconds?: number | undefined;
  readonly isFetched?: true | undefined;
}

/** Opens a clone, has it used and closes it again. Throws as `demandMachine` does. */
export async function withClone<T>(
  context: Pick<OperationContext, 'machine' | 'stop'>,
  { path, seconds, isFetched }: CloneToOpen,
  use: (clone: RiskClone) => Promise<T>,
): Promise<T> {
  const machine = demandMachine(context);
  const time = startRiskTime(seconds, context.stop);
  const identity = await identifyClone(path);
  const repository = await openRepository(path);
  try {
    const cacheFolder = riskCacheFolder(machine.cacheFolder, identity);
    const trials = (): TrialCache => fileCache(join(cacheFolder, TRIALS));
    return await use({ ...identity, path, repository, cacheFolder, trials, time, isFetched });
  } catch (cause) {
    // Whatever it says then, it is of files that could not be written.
    const noRoom = await findNoRoom(repository.folder);
    if (noRoom === null) throw cause;
    throw new UserError('usage', `${JSON.stringify(path)} cannot be looked into.`, sentence(noRoom), { cause });
  } finally {
    await repository.close();
  }
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

/**
 * The same clone, in which git ends once its time is up and what estimates need is read: for all that can do without an answer,
 * and says so. What takes long names an earlier signal of its own.
 */
export const boundByTime = <Clone extends OpenClone>(clone: Clone): Clone => {
  const { ground } = clone.time;
  return ground === undefined ? clone : { ...clone, repository: { ...clone.repository, signal: ground } };
};

/** Its repository, in which git ends with all of its time: for what no estimate rests on. */
export const untilAll = ({ repository, time }: OpenClone): Repository =>
  time.all === undefined ? repository : { ...repository, signal: time.all };

/** The same for a clone of the App's own, or for none. */
export async function withMirror<T>(
  { stop }: Pick<OperationContext, 'stop'>,
  clone: MirroredClone | null,
  use: (open: OpenClone | null) => Promise<T>,
): Promise<T> {
  if (clone === null) return use(null);
  const repository = await openRepository(clone.path);
  try {
    const time = startRiskTime(undefined, stop);
    const cacheFolder = mirrorCacheFolder(clone.path);
    return await use({ repository, cacheFolder, trials: () => clone.trials, time, isFetched: true });
  } finally {
    await repository.close();
  }
}

/** In the clone's own folder, so that it goes with it. */
export const mirrorCacheFolder = (path: string): string => join(path, 'parasol');

/** Of the second kind: the first held lines of merged texts. */
export const TRIALS = 'trials-2.jsonl';

/** One folder for every clone of one repository, or for a clone that comes from nowhere. */
export function riskCacheFolder(
  cacheFolder: string,
  { origin, folder }: Pick<CloneIdentity, 'origin' | 'folder'>,
): string {
  const key = origin === null ? folder : `${origin.host}/${origin.owner}/${origin.repo}`.toLowerCase();
  return join(cacheFolder, 'risk', createHash('sha256').update(key).digest('hex').slice(0, 32));
}
