import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../core/failure.ts';
import { errnoOf } from './file-trouble.ts';

/**
 * Makes the folder and those above it, readable for their owner alone. Not with `recursive`: where a file system allows
 * no folder at all, as `/proc`, Node.js tries again for ever.
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process was faster.
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
}

/** What the file system refuses comes back as `store_unavailable`, with the folder and the reason. */
export function atFolder<Result>(folder: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw asStoreFailure(folder, cause);
  }
}

/** The failure itself where it is none of the file system's. */
export function asStoreFailure(folder: string, cause: unknown): unknown {
  const errno = errnoOf(cause);
  if (errno === null) return cause;
  return new UserError(
    'store_unavailable',
    `The store cannot be kept in ${folder} (${errno}).`,
    'Set PARASOL_DATA to a folder that you may write to, or DATABASE_URL to a PostgreSQL.',
    { cause },
  );
}
