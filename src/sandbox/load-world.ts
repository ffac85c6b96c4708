import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../core/failure.ts';
import { otherThanInput } from '../core/file-kind.ts';
import { loadTaskFile } from './load-world/load-task-file.ts';
import { loadWorldFile } from './load-world/load-world-file.ts';
import type { World } from './world.ts';

export interface LoadOptions {
  /** What the relative times of a world file count from: UTC ISO-8601; the file's own `now` otherwise. */
  readonly now?: string;
}

/**
 * Loads a world from a file: `*.yml` in the format that `fixtures/worlds/README.md` describes, or `*.jsonl[.gz]` with
 * one task a line, which becomes the repository `world/<file stem>`. What GitHub could not hold is in
 * `world.loadConflicts`. Throws `UserError('world_invalid')` naming place and fix.
 */
export async function loadWorld(path: string, options: LoadOptions = {}): Promise<World> {
  const name = basename(path);
  const text = await readText(path);
  if (text.trim() === '') {
    throw new UserError('world_invalid', `${path}: is empty`, 'The smallest world there is: fixtures/worlds/tiny.yml.');
  }
  if (/\.ya?ml$/.test(name)) return loadWorldFile({ path, text, now: options.now ?? null });
  const stem = /^(?<stem>.+)\.jsonl(?:\.gz)?$/.exec(name)?.groups?.stem;
  if (stem !== undefined) return loadTaskFile({ path, text, repository: stem });
  throw new UserError('world_invalid', `${path}: not a world file`, 'Give a .yml, .jsonl or .jsonl.gz file.');
}

async function readText(path: string): Promise<string> {
  const found = await stat(path).catch(() => null);
  const kind = found === null ? null : otherThanInput(resolve(path), found);
  if (kind !== null)
    throw new UserError('world_invalid', `${path}: is ${kind}`, 'Give a .yml, .jsonl or .jsonl.gz file.');
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    const [problem, hint] = UNREADABLE[code] ?? ['cannot be read', 'Check the path and who may read the file.'];
    throw new UserError('world_invalid', `${path}: ${problem}`, hint, { cause });
  }
}

/** By the codes of Node's file system and of zlib. */
const UNREADABLE: Readonly<Record<string, readonly [problem: string, hint: string]>> = {
  ENOENT: ['there is no such file', 'Check the path.'],
  Z_BUF_ERROR: ['ends before its compressed data is complete', 'Copy or download it again, whole.'],
  Z_DATA_ERROR: ['is not compressed with gzip, or damaged', 'Compress it with gzip, or take the .gz off its name.'],
};
