import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError } from '../core/failure.ts';
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
  if (/\.ya?ml$/.test(name)) return loadWorldFile({ path, text, now: options.now ?? null });
  const stem = /^(?<stem>.+)\.jsonl(?:\.gz)?$/.exec(name)?.groups?.stem;
  if (stem !== undefined) return loadTaskFile({ path, text, repository: stem });
  throw new UserError('world_invalid', `${path}: not a world file`, 'Give a .yml, .jsonl or .jsonl.gz file.');
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (cause) {
    const hint = 'Check the path, and that a .gz file is whole.';
    throw new UserError('world_invalid', `${path}: cannot be read`, hint, { cause });
  }
}
