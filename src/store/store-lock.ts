import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../core/failure.ts';
import type { Instant } from '../core/task/facts.ts';
import { createLock, type Holder, type LockFile, readLock, releaseLock } from './lock-files.ts';
import { atFolder, makeFolder } from './make-folder.ts';
import { isRunning, processStart } from './process-identity.ts';

export interface StoreLock {
  /** Also done when the process ends. A second call does nothing. */
  release(): void;
}

interface LockOptions {
  readonly now: () => Instant;
  /** How long to wait for whoever holds it now. */
  readonly waitMs: number;
  /** Where this process takes operations for others. */
  readonly serves: Holder['serves'];
}

const LOOK_AGAIN_MS = 50;
const COMMAND_LENGTH = 80;

/**
 * Makes this process the only one that uses the folder: PGlite has no lock of its own, and two processes on one folder
 * lose rows silently. The lock of a process that is gone (killed, or its machine restarted) is taken over. Throws
 * `UserError('store_locked')` that says who holds the folder when it is still held after `waitMs`, `store_unavailable`
 * where it can be no such folder.
 */
export async function takeStoreLock(folder: string, options: LockOptions): Promise<StoreLock> {
  atFolder(folder, () => makeFolder(folder));
  const deadline = performance.now() + options.waitMs;
  for (;;) {
    const made = atFolder(folder, () => tryLock(folder, options));
    if (made !== null) return heldUntilExit(made);
    if (performance.now() >= deadline) throw lockedBy(folder, readLock(folder), options);
    await pause(LOOK_AGAIN_MS);
  }
}

function tryLock(folder: string, options: LockOptions): LockFile | null {
  const last = readLock(folder);
  if (last !== null && !isFree(last)) return null;
  return createLock(folder, (last?.generation ?? 0) + 1, selfAsHolder(options));
}

/** The process that holds the folder at this moment; null when nobody does. Throws `store_unavailable`. */
export function findHolder(folder: string): Holder | null {
  const last = atFolder(folder, () => (existsSync(folder) ? readLock(folder) : null));
  return last === null || isFree(last) ? null : last.holder;
}

/** A damaged file, or one of another machine, says nothing of whether its process still runs: it counts as held. */
function isFree({ holder }: LockFile): boolean {
  if (holder === null) return false;
  return holder.released || (holder.host === hostname() && !isRunning(holder.pid, holder.start));
}

const selfAsHolder = ({ now, serves }: LockOptions): Holder => ({
  pid: process.pid,
  host: hostname(),
  start: processStart(process.pid),
  since: now(),
  command: ['parasol', ...process.argv.slice(2)].join(' ').slice(0, COMMAND_LENGTH),
  serves,
  released: false,
});

function heldUntilExit(file: LockFile): StoreLock {
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

function lockedBy(folder: string, file: LockFile | null, { serves }: Pick<LockOptions, 'serves'>): UserError {
  const elsewhere = 'or set DATABASE_URL to a PostgreSQL, which many processes can share.';
  if (file === null || file.holder === null) {
    const where = file?.path ?? folder;
    const hint = `If no Parasol runs there, delete that file; ${elsewhere}`;
    return new UserError('store_locked', `Nobody can tell who holds ${folder}: ${where} is damaged.`, hint);
  }
  const { pid, host, command, since } = file.holder;
  const message = `Process ${pid} (\`${command}\`) on ${host} holds ${folder} since ${since}.`;
  const isHere = host === hostname();
  const hint = isHere ? whatToDo(file.holder, serves !== null) : `If ${host} is gone, delete ${file.path};`;
  return new UserError('store_locked', message, `${hint} ${elsewhere}`);
}

function whatToDo(holder: Holder, isServer: boolean): string {
  if (holder.serves !== null && isServer)
    return 'It is a server that does the work for all others on this machine: use it, stop it first,';
  if (isServer) return 'Wait until it ends, then start the server again,';
  if (holder.serves !== null) return 'It is a server, and did not take over the work: try again, stop it,';
  return 'Wait until it ends, run `parasol serve`, which does the work for all others,';
}
