import { known, type Reading, unknown } from '../../core/reading.ts';
import { type RepositoryRef, repositoryKey } from '../../core/task/identity.ts';
import type { MirrorOutcome } from '../../git/fetch-mirror.ts';
import type { Machine } from '../../operations/operation.ts';
import { mirrorCacheFolder } from '../../operations/risk-clone.ts';
import type { PipelineOptions } from './pipeline-options.ts';

interface MachineOptions extends Pick<PipelineOptions, 'clones' | 'clients'> {
  readonly installationId: number;
  readonly repository: RepositoryRef;
}

/**
 * Lends work the App's own clones: each is kept from others, and from being deleted, until the work ends or asks for it again.
 * Undefined where the App keeps none. Other branches and heads that a clone has stay: conflicts are judged by them.
 */
export async function withMachine<T>(
  { clones, clients, installationId, repository }: MachineOptions,
  work: (machine: Machine | undefined) => Promise<T>,
): Promise<T> {
  if (clones === undefined) return work(undefined);
  const held = new Map<string, () => Promise<void>>();
  const fetchClone = async (one: RepositoryRef, branches: readonly string[], pulls: readonly number[] = []) => {
    const key = repositoryKey(one);
    await held.get(key)?.();
    const token = await clients.tokenOf(installationId);
    return new Promise<Reading<string>>((resolve, reject) => {
      let end = (): void => {};
      const ended = new Promise<void>((over) => {
        end = over;
      });
      const used = clones.use(one, { branches, pulls, token, keepsOthers: true }, (outcome) => {
        resolve(readingOf(one, outcome));
        return ended;
      });
      used.catch(reject);
      held.set(key, () => {
        end();
        return used.catch(() => {});
      });
    });
  };
  try {
    return await work({ cacheFolder: mirrorCacheFolder(clones.folderOf(repository)), fetchClone });
  } finally {
    for (const letGo of held.values()) await letGo();
  }
}

function readingOf({ owner, repo }: RepositoryRef, outcome: MirrorOutcome): Reading<string> {
  if (outcome.ready) return known(outcome.path);
  return unknown({ cause: 'unavailable', what: `the history of ${owner}/${repo} in git (${outcome.reason})` });
}
