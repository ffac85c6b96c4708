import { LRUCache } from 'lru-cache';
import type { RepositoryRef } from '../core/task/identity.ts';
import { repositoryKey } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';

const REPOSITORIES = 20;
/**
 * Then a sweep begins anew: a few things change without GitHub saying so by a new time, such as the login of an author
 * or the head repository of a pull request from a fork.
 */
const LIFETIME_MS = 6 * 60 * 60 * 1000;

/** What a sweep has read of a repository, kept so that the next one asks only for what changed since. */
export interface Swept {
  /** Everything from this time on has been read. */
  readonly since: string;
  /** The repository has more than a sweep may read: what lies before `since` stays a gap. */
  readonly isCut: boolean;
}

interface SweepMemory<T extends Swept> {
  /** What was read before; null when that says nothing about how it was at `since`. */
  readonly recall: (client: GitHubClient, repository: RepositoryRef, since: string) => T | null;
  /** Only for a sweep that came to its end: a part that failed must be asked for again. */
  readonly keep: (client: GitHubClient, repository: RepositoryRef, swept: T) => void;
}

/** One memory per client, since another client may see other things. Nothing of it outlives the process. */
export function createSweepMemory<T extends Swept>(): SweepMemory<T> {
  const memories = new WeakMap<GitHubClient, LRUCache<string, T>>();
  const memoryOf = (client: GitHubClient): LRUCache<string, T> => {
    const memory =
      memories.get(client) ?? new LRUCache<string, T>({ max: REPOSITORIES, ttl: LIFETIME_MS, noUpdateTTL: true });
    memories.set(client, memory);
    return memory;
  };
  return {
    recall: (client, repository, since) => {
      const swept = memoryOf(client).get(repositoryKey(repository)) ?? null;
      return swept !== null && (swept.since <= since || swept.isCut) ? swept : null;
    },
    keep: (client, repository, swept) => {
      memoryOf(client).set(repositoryKey(repository), swept);
    },
  };
}
