import { createHash } from 'node:crypto';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit, { type LimitFunction } from 'p-limit';
import { type RepositoryRef, repositoryKey } from '../core/task/identity.ts';
import { takeFolderLock } from '../store/take-folder-lock.ts';
import { fetchMirror, type MirrorLimits, type MirrorOutcome, type MirrorWish } from './fetch-mirror.ts';

interface MirrorsOptions {
  readonly folder: string;
  /** `https://github.com`. */
  readonly remote: string;
  readonly limits?: Partial<MirrorLimits>;
  /** How long to wait for another process that works with the same clone. Default: a minute. */
  readonly patienceMs?: number;
}

/** Bare clones of the repositories that the App looks after. Any number of processes may share the folder. */
export interface Mirrors {
  /**
   * Fetches what is wanted of a repository, then works with it. Nothing else fetches into that clone, tidies it up or
   * deletes it meanwhile, in this process or another: work of one repository follows each other.
   */
  use<T>(repository: RepositoryRef, wish: MirrorWish, work: (outcome: MirrorOutcome) => Promise<T>): Promise<T>;
  /** Works with a clone as it is, if there is one: nothing is fetched. Null where another process works with it. */
  visit<T>(repository: RepositoryRef, work: (path: string) => Promise<T>): Promise<T | null>;
  /** Where the clone of a repository is, if there is one. */
  folderOf(repository: RepositoryRef): string;
  /** The owners of which there are clones here, in small letters. */
  owners(): Promise<readonly string[]>;
  /** Deletes the clones of an owner's repositories but for those that are named; returns the names of what went. */
  keepOnly(owner: string, repos: readonly string[]): Promise<readonly string[]>;
  /** Deletes the clone of a repository, if there is one. Throws where another process holds it for too long. */
  forget(repository: RepositoryRef): Promise<void>;
}

const LIMITS: MirrorLimits = { timeoutMs: 15 * 60_000, maxBytes: 20_000_000_000 };
const PATIENCE_MS = 60_000;
/** Each of them may fetch, and hold a lock that is let go of when the process ends. */
const USED_AT_ONCE = 8;

export function createMirrors({ folder, remote, limits, patienceMs = PATIENCE_MS }: MirrorsOptions): Mirrors {
  const host = join(folder, new URL(remote).host.replace(':', '_'));
  const folderOf = (repository: RepositoryRef): string => join(host, ...placeOf(repository));
  const turns = new Map<string, LimitFunction>();
  const slots = pLimit(USED_AT_ONCE);
  const inTurn = <T>(repository: RepositoryRef, work: (clone: string | null) => Promise<T>): Promise<T> => {
    const key = repositoryKey(repository);
    const turn = turns.get(key) ?? pLimit(1);
    turns.set(key, turn);
    return turn(() =>
      slots(async () => {
        // Beside the clones, because a lock must outlive what it guards; its name tells nobody what is cloned.
        const place = join(folder, 'locks', createHash('sha256').update(`${host} ${key}`).digest('hex').slice(0, 32));
        const now = (): string => new Date().toISOString();
        const lock = await takeFolderLock(place, { now, waitMs: patienceMs, serves: null });
        try {
          return await work(lock === null ? null : folderOf(repository));
        } finally {
          lock?.release();
        }
      }),
    );
  };
  const forget = (repository: RepositoryRef): Promise<void> =>
    inTurn(repository, async (clone) => {
      if (clone === null) throw new Error(`another process works with the clone of ${repositoryKey(repository)}`);
      await rm(clone, { recursive: true, force: true });
    });
  return {
    use: ({ owner, repo }, wish, work) =>
      inTurn({ owner, repo }, async (clone) => {
        if (clone === null) return work({ ready: false, reason: 'another process works with it' });
        const mirror = { folder: clone, url: `${remote}/${owner}/${repo}.git` };
        return work(await fetchMirror(mirror, wish, { ...LIMITS, ...limits }));
      }),
    visit: (repository, work) => inTurn(repository, async (clone) => (clone === null ? null : work(clone))),
    folderOf,
    owners: () => namesIn(host),
    keepOnly: async (owner, repos) => {
      const kept = new Set(repos.map((repo) => repo.toLowerCase()));
      const [own = ''] = placeOf({ owner, repo: '_' });
      const found = (await namesIn(join(host, own))).map((name) => name.replace(/\.git$/, ''));
      const gone = found.filter((repo) => !kept.has(repo));
      for (const repo of gone) await forget({ owner, repo });
      if (gone.length === found.length) await rmdir(join(host, own)).catch(() => {});
      return gone;
    },
    forget,
  };
}

/** Names are one to GitHub in capitals and small letters. What GitHub would never call an owner must not lead elsewhere. */
function placeOf({ owner, repo }: RepositoryRef): readonly string[] {
  if (!/^[\w-]+$/.test(owner) || !/^[\w.-]+$/.test(repo)) throw new Error(`${owner}/${repo} is no repository's name`);
  return [owner.toLowerCase(), `${repo.toLowerCase()}.git`];
}

/** None where there is no such folder. */
const namesIn = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);
