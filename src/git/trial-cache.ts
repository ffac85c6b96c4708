import { appendFileSync, chmodSync, existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { LRUCache } from 'lru-cache';
import { otherThanFile } from '../core/file-kind.ts';
import { fileTrouble } from '../store/file-trouble.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { Repository } from './open-repository.ts';

/**
 * What trial merges told before, as JSON by their key. A key names everything that decides the outcome (the base's tree,
 * both heads and where they left the base), so nothing ever has to be thrown away because it is wrong.
 */
export interface TrialCache {
  readonly get: (key: string) => unknown;
  readonly set: (key: string, value: unknown) => void;
  /** Writes down what is new, where there is a file. Never throws: a cache that cannot be kept costs time alone. */
  readonly save: () => void;
  /** In words, why the file cannot be read or written; null as long as nothing is in the way. */
  readonly trouble: () => string | null;
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
  return { ...kept, get: (key) => kept.get(keyOf(key)), set: (key, value) => kept.set(keyOf(key), value) };
}

const ENTRIES = 500_000;
/** By size, each entry counting one: with `max` the library sets aside room for all of them before the first is there. */
const emptyCache = (entries: number) => new LRUCache<string, Kept>({ maxSize: entries, sizeCalculation: () => 1 });

/** About a second to read. */
const FILE_BYTES = 64 * 1024 * 1024;

/** A cache that ends with the process. */
export function memoryCache(entries = ENTRIES): TrialCache {
  return cacheOver(emptyCache(entries));
}

interface Kept {
  readonly value: unknown;
}

function cacheOver(kept: LRUCache<string, Kept>): TrialCache {
  return {
    get: (key) => kept.get(key)?.value,
    set: (key, value) => kept.set(key, { value }),
    save: () => undefined,
    trouble: () => null,
  };
}

/**
 * A cache in a file, one JSON array `[key, value]` a line, readable by its owner alone because it holds paths. Lines that
 * are broken are passed over, so two processes may append at once; past `fileBytes` it is written anew, with the newest values of the
 * keys used last, to half of that.
 */
export function fileCache(path: string, fileBytes = FILE_BYTES): TrialCache {
  const kept = emptyCache(ENTRIES);
  const memory = cacheOver(kept);
  let trouble: string | null = null;
  const trying = (work: () => void): void => {
    try {
      trouble = obstacleAt(path);
      if (trouble !== null) return;
      work();
    } catch (cause) {
      trouble = fileTrouble(dirname(path), cause);
    }
  };
  trying(() => {
    for (const [key, value] of readLines(path, fileBytes)) memory.set(key, value);
  });
  const added: string[] = [];
  return {
    get: memory.get,
    set: (key, value) => {
      memory.set(key, value);
      added.push(lineOf(key, value));
    },
    save: () => {
      if (added.length === 0) return;
      trying(() => {
        append(path, added.splice(0).join(''));
        if (statSync(path).size > fileBytes) rewrite(path, newestLines(kept, fileBytes / 2));
      });
    },
    trouble: () => trouble,
  };
}

/** What stands where the file would be: a pipe would hold up whoever opens it. */
function obstacleAt(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  const kind = found === undefined ? null : otherThanFile(found);
  return kind === null ? null : `${path} is ${kind}: remove it, or move it away`;
}

function append(path: string, text: string): void {
  makeFolder(dirname(path));
  if (!existsSync(path)) writeFileSync(path, '', { mode: 0o600 });
  chmodSync(path, 0o600);
  appendFileSync(path, text);
}

const lineOf = (key: string, value: unknown): string => `${JSON.stringify([key, value])}\n`;

/** Those used last, the oldest first, as far as there is room. */
function newestLines(kept: LRUCache<string, Kept>, mostBytes: number): readonly string[] {
  const lines: string[] = [];
  let room = mostBytes;
  for (const [key, { value }] of kept.entries()) {
    const line = lineOf(key, value);
    room -= Buffer.byteLength(line);
    if (room < 0) break;
    lines.push(line);
  }
  return lines.reverse();
}

/** Whoever reads meanwhile finds the old file or the new one. */
function rewrite(path: string, lines: readonly string[]): void {
  const next = `${path}.${process.pid}`;
  writeFileSync(next, lines.join(''), { mode: 0o600 });
  renameSync(next, path);
}

function readLines(path: string, fileBytes: number): readonly (readonly [string, unknown])[] {
  if (!existsSync(path) || statSync(path).size > fileBytes) return [];
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
