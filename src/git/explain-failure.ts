import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import type { GitOutcome } from './run-git.ts';

/** Less is as good as none: git writes a merged tree and its files at once. */
const LEAST_BYTES = 1024 * 1024;

/** What is in the way of trial merges in the machine's temporary folder; null while it has room. */
export async function findNoRoom(folder: string, remarks = ''): Promise<string | null> {
  const found = await statfs(folder).catch(() => null);
  const bytes = found === null ? Number.POSITIVE_INFINITY : found.bavail * found.bsize;
  if (bytes >= LEAST_BYTES && !/No space left on device|Disk quota exceeded/.test(remarks)) return null;
  const left = bytes < LEAST_BYTES ? `${Math.floor(bytes / 1024)} KB left` : 'no room left for this user';
  return `the temporary folder ${tmpdir()} has ${left}; make room there, or set TMPDIR to a folder that has more`;
}

/** What helps where a clone was made with `--filter`: nothing is fetched on demand here. */
export const PARTIAL =
  'this partial clone lacks files that it needs; fetch its branches and heads again with git fetch --refetch --no-filter';

interface Clone {
  /** Ours. */
  readonly folder: string;
  readonly isPartial: boolean;
  readonly unindexed: readonly string[];
}

/** What helps where objects are missing because their pack has no index; null where every pack has one. */
export function unindexedPacks({ unindexed: [first, ...more] }: Pick<Clone, 'unindexed'>): string | null {
  if (first === undefined) return null;
  const others = more.length === 0 ? '' : `, and for ${more.length} more in the same way`;
  return `the index of the pack ${first} is missing; write it anew with git index-pack ${shellWord(first)}${others}`;
}

const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** Why git gave no answer, in words, with what helps where that is known. */
export async function explainFailure(
  { folder, isPartial, unindexed }: Clone,
  { ended, complaint, remarks }: Pick<GitOutcome, 'ended' | 'complaint' | 'remarks'>,
): Promise<string> {
  if (ended === 'too_slow') return 'git took too long';
  if (ended === 'too_much') return 'git had too much to say';
  if (ended === 'not_started') return 'git cannot be started';
  // What `runGit` lets git take at once: a file of 100 MB in short lines wants more.
  if (/attempting to allocate \d+ over limit/.test(complaint))
    return 'a file is too large for git to merge within 1 GB';
  const noRoom = await findNoRoom(folder, remarks);
  if (noRoom !== null) return noRoom;
  const isMissing = /unable to read|not read|missing|bad (?:object|tree|revision)|invalid object/i.test(complaint);
  const packs = unindexedPacks({ unindexed });
  if (isMissing && packs !== null) return packs;
  if (isPartial && isMissing) return PARTIAL;
  return complaint === '' ? 'git failed without a word' : `git says: ${complaint}`;
}
