import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../core/task/facts.ts';
import { createLock, type Holder, type LockFile, readLock, releaseLock } from './lock-files.ts';
import { makeFolder } from './make-folder.ts';
import { isRunning, processStart } from './process-identity.ts';

export interface FolderLock {
  /** Also done when the process ends. A second call does nothing. */
  release(): void;
}

export interface FolderLockOptions {
  readonly now: () => Instant;
  /** How long to wait for whoever holds it now. */
  readonly waitMs: number;
  /** Where this process takes operations for others. */
  readonly serves: Holder['serves'];
}

const LOOK_AGAIN_MS = 50;
/** A command has two words at most: what follows them may be private, such as the days of an absence. */
const COMMAND_WORDS = 2;

/**
 * Makes this process the only one that works with what the folder's lock stands for; the folder is made where it is
 * missing. The lock of a process that is gone (killed, or its machine restarted) is taken over. Null when it is still held
 * after `waitMs`.
 */
export async function takeFolderLock(folder: string, options: FolderLockOptions): Promise<FolderLock | null> {
  makeFolder(folder);
  const deadline = performance.now() + options.waitMs;
  for (;;) {
    const made = tryLock(folder, options);
    if (made !== null) return heldUntilExit(made);
    if (performance.now() >= deadline) return null;
    await pause(LOOK_AGAIN_MS);
  }
}

function tryLock(folder: string, options: FolderLockOptions): LockFile | null {
  const last = readLock(folder);
  if (last !== null && !isFree(last)) return null;
  return createLock(folder, (last?.generation ?? 0) + 1, selfAsHolder(options));
}

/** A damaged file, or one of another machine, says nothing of whether its process still runs: it counts as held. */
export function isFree({ holder }: LockFile): boolean {
  if (holder === null) return false;
  return holder.released || (holder.host === hostname() && !isRunning(holder.pid, holder.start));
}

const selfAsHolder = ({ now, serves }: FolderLockOptions): Holder => ({
  pid: process.pid,
  host: hostname(),
  start: processStart(process.pid),
  since: now(),
  command: commandOf(process.argv.slice(2)),
  serves,
  released: false,
});

/** `parasol reviewers away` of any command line: no option, no value of one that could be anything but a word of a command. */
export const commandOf = (argv: readonly string[]): string =>
  ['parasol', ...argv.filter((word) => /^[a-z][a-z-]{0,19}$/.test(word)).slice(0, COMMAND_WORDS)].join(' ');

function heldUntilExit(file: LockFile): FolderLock {
  let isHeld = true;
  const release = (): void => {
    if (!isHeld) return;
    isHeld = false;
    process.removeListener('exit', release);
    releaseLock(file);
  };
  process.once('exit', release);
  return { release };
}
