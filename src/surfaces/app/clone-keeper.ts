import { UserError } from '../../core/failure.ts';
import { listInstalledRepositories } from '../../github/list-installed-repositories.ts';
import type { LostRepositories } from './lost-repositories.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { withClient } from './with-client.ts';

interface CloneKeeper {
  /** Deletes the clones of what an event says is lost, once nothing works with them any more. */
  forget(lost: LostRepositories, deliveryId: string): void;
  /** From now on deletes, at once and then every hour, what no event told of: deliveries are missed and replicas many. */
  start(): void;
  stop(): void;
}

const SWEEP_MS = 60 * 60_000;
const NOBODYS: ReadonlySet<string> = new Set(['not_found', 'forbidden', 'unauthenticated']);

/** Sees to it that no code stays on this disk which the App may no longer read. */
export function createCloneKeeper({ clones, clients, activity, clock, log }: PipelineOptions): CloneKeeper {
  const stopped = new AbortController();
  if (clones === undefined) return { forget: () => {}, start: () => {}, stop: () => {} };

  const readable = async (installationId: number, owner: string): Promise<readonly string[]> => {
    try {
      const all = await withClient(clients, installationId, listInstalledRepositories);
      return all.filter((one) => one.owner.toLowerCase() === owner).map(({ repo }) => repo);
    } catch (cause) {
      if (cause instanceof UserError && NOBODYS.has(cause.code)) return [];
      throw cause;
    }
  };
  const sweep = async (): Promise<void> => {
    try {
      const owners = await clones.owners();
      if (owners.length === 0) return;
      await clients.loadAll();
      for (const owner of owners) {
        const id = clients.installationOf(owner);
        const gone = await clones.keepOnly(owner, id === null ? [] : await readable(id, owner));
        for (const repo of gone) log('info', `deleted the clone of ${owner}/${repo}, which is out of sight`);
      }
    } catch (cause) {
      log('error', 'could not look for clones that are to be deleted', { cause });
    }
  };
  const forget = async (lost: LostRepositories, deliveryId: string): Promise<void> => {
    try {
      if ('owner' in lost) await clones.keepOnly(lost.owner, []);
      else for (const repository of lost) await clones.forget(repository);
    } catch (cause) {
      log('error', 'could not delete a clone', { deliveryIds: [deliveryId], cause });
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const round = sweep();
      activity.track(round);
      await round;
      await clock.sleep(SWEEP_MS, stopped.signal).catch(() => {});
    }
  };
  return {
    forget: (lost, deliveryId) => {
      activity.track(forget(lost, deliveryId));
    },
    start: () => void watch(),
    stop: () => stopped.abort(),
  };
}
