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
const COMMAND_LENGTH = 80;

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
  command: ['parasol', ...process.argv.slice(2)].join(' ').slice(0, COMMAND_LENGTH),
  serves,
  released: false,
});

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
