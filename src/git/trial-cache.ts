import { appendFileSync, chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LRUCache } from 'lru-cache';
import { makeFolder } from '../store/make-folder.ts';
import type { Repository } from './open-repository.ts';

/**
 * What trial merges told before, as JSON by their key. A key names everything that decides the outcome (the base's tree,
 * both heads and where they left the base), so nothing ever has to be thrown away because it is wrong.
 */
export interface TrialCache {
  readonly get: (key: string) => unknown;
  readonly set: (key: string, value: unknown) => void;
  /** Writes down what is new, where there is a file. */
  readonly save: () => void;
}

/**
 * A cache as a repository may use it: under git's version, since another git may merge otherwise; and none that lasts for a
 * shallow clone, whose history says other things once more of it is fetched.
 */
export function cacheFor(
  { gitVersion, shallow }: Pick<Repository, 'gitVersion' | 'shallow'>,
  kept: TrialCache,
): TrialCache {
  if (shallow.size > 0) return memoryCache();
  const keyOf = (key: string): string => `${gitVersion} ${key}`;
  return { get: (key) => kept.get(keyOf(key)), set: (key, value) => kept.set(keyOf(key), value), save: kept.save };
}

const ENTRIES = 500_000;
const FILE_BYTES = 256 * 1024 * 1024;

/** A cache that ends with the process. */
export function memoryCache(entries = ENTRIES): TrialCache {
  const kept = new LRUCache<string, { readonly value: unknown }>({ max: entries });
  return { get: (key) => kept.get(key)?.value, set: (key, value) => kept.set(key, { value }), save: () => undefined };
}

/**
 * A cache in a file, one JSON array `[key, value]` a line, readable by its owner alone because it holds paths. Lines that
 * are broken are passed over, so two processes may append at once; past 256 MB the file begins anew.
 */
export function fileCache(path: string): TrialCache {
  const memory = memoryCache();
  for (const [key, value] of readLines(path)) memory.set(key, value);
  const added: string[] = [];
  return {
    get: memory.get,
    set: (key, value) => {
      memory.set(key, value);
      added.push(`${JSON.stringify([key, value])}\n`);
    },
    save: () => {
      if (added.length === 0) return;
      makeFolder(dirname(path));
      if (!existsSync(path) || statSync(path).size > FILE_BYTES) writeFileSync(path, '', { mode: 0o600 });
      chmodSync(path, 0o600);
      appendFileSync(path, added.splice(0).join(''));
    },
  };
}

function readLines(path: string): readonly (readonly [string, unknown])[] {
  if (!existsSync(path) || statSync(path).size > FILE_BYTES) return [];
  return readFileSync(path, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const entry = parsed(line);
      return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
        ? [[entry[0], entry[1]] as const]
        : [];
    });
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
