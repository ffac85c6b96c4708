import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import type { FileMerge } from '../core/risk/conflict-history.ts';
import { makeFolder } from '../store/make-folder.ts';

const NAME = 'history-1.json';
/** Far more than 20,000 merges take; a larger file is none of ours. */
const MAX_BYTES = 256 * 1024 * 1024;

const learnedSchema = z.object({
  learnedAt: z.string(),
  through: z.string().exactOptional(),
  merges: z.array(z.object({ at: z.string(), files: z.array(z.string()), conflicts: z.array(z.string()) })),
});

/** What `risk learn` found in a repository's merges. */
export interface LearnedMerges {
  readonly learnedAt: string;
  /** The commit of the base up to which nothing more is to be learned. */
  readonly through?: string;
  /** The newest first. */
  readonly merges: readonly {
    readonly at: string;
    readonly files: readonly string[];
    readonly conflicts: readonly string[];
  }[];
}

/** Kept in the user's cache folder, readable by its owner alone because it holds paths; never in the repository. */
export async function saveLearned(folder: string, learned: LearnedMerges): Promise<string> {
  const path = join(folder, NAME);
  const unfinished = `${path}.${process.pid}`;
  makeFolder(dirname(path));
  await writeFile(unfinished, JSON.stringify(learned), { mode: 0o600 });
  await rename(unfinished, path);
  return path;
}

/** What was learned, one entry per file and merge; none where nothing was, or what is there cannot be read. */
export async function loadLearned(folder: string): Promise<readonly FileMerge[]> {
  return ((await readLearned(folder))?.merges ?? []).flatMap(({ at, files, conflicts }) => {
    const conflicting = new Set(conflicts);
    return files.map((file) => ({ path: file, at, conflicted: conflicting.has(file) }));
  });
}

/** The same as it was saved. */
export async function readLearned(folder: string): Promise<LearnedMerges | null> {
  const path = join(folder, NAME);
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true || found.size > MAX_BYTES) return null;
  const text = await readFile(path, 'utf8').catch(() => 'null');
  return learnedSchema.safeParse(parsed(text)).data ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
