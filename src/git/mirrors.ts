import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { fetchMirror, type MirrorLimits, type MirrorOutcome, type MirrorWish } from './fetch-mirror.ts';

interface MirrorsOptions {
  readonly folder: string;
  /** `https://github.com`. */
  readonly remote: string;
  readonly limits?: Partial<MirrorLimits>;
}

/** Bare clones of the repositories that the App looks after. */
export interface Mirrors {
  /**
   * Fetches what is wanted of a repository, then works with it. Nothing else fetches into that clone or tidies it up
   * meanwhile: work of one repository follows each other.
   */
  use<T>(repository: RepositoryRef, wish: MirrorWish, work: (outcome: MirrorOutcome) => Promise<T>): Promise<T>;
  /** Deletes the clone of a repository that is out of sight. */
  forget(repository: RepositoryRef): Promise<void>;
}

const LIMITS: MirrorLimits = { timeoutMs: 15 * 60_000, maxBytes: 20_000_000_000 };

export function createMirrors({ folder, remote, limits }: MirrorsOptions): Mirrors {
  const turns = new Map<string, LimitFunction>();
  const inTurn = <T>(repository: RepositoryRef, work: (clone: string) => Promise<T>): Promise<T> => {
    const key = repositoryKey(repository);
    const turn = turns.get(key) ?? pLimit(1);
    turns.set(key, turn);
    return turn(() => work(join(folder, ...placeOf(remote, repository))));
  };
  return {
    use: ({ owner, repo }, wish, work) =>
      inTurn({ owner, repo }, async (clone) => {
        const mirror = { folder: clone, url: `${remote}/${owner}/${repo}.git` };
        return work(await fetchMirror(mirror, wish, { ...LIMITS, ...limits }));
      }),
    forget: (repository) => inTurn(repository, (clone) => rm(clone, { recursive: true, force: true })),
  };
}

/** Names are one to GitHub in capitals and small letters; a colon may not stand in every file system. */
function placeOf(remote: string, { owner, repo }: RepositoryRef): readonly string[] {
  return [new URL(remote).host.replace(':', '_'), owner.toLowerCase(), `${repo.toLowerCase()}.git`];
}
