import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { UserError } from '../core/failure.ts';
import { type Holder, type LockFile, readLock } from './lock-files.ts';
import { asStoreFailure, atFolder } from './make-folder.ts';
import { type FolderLock, type FolderLockOptions, isFree, takeFolderLock } from './take-folder-lock.ts';

/**
 * Makes this process the only one that uses the folder: PGlite has no lock of its own, and two processes on one folder
 * lose rows silently. The lock of a process that is gone is taken over. Throws `UserError('store_locked')` that says who
 * holds the folder when it is still held after `waitMs`, `store_unavailable` where it can be no such folder.
 */
export async function takeStoreLock(folder: string, options: FolderLockOptions): Promise<FolderLock> {
  const taken = await takeFolderLock(folder, options).catch((cause: unknown) => {
    throw asStoreFailure(folder, cause);
  });
  if (taken === null) throw lockedBy(folder, readLock(folder), options);
  return taken;
}

/** The process that holds the folder at this moment; null when nobody does. Throws `store_unavailable`. */
export function findHolder(folder: string): Holder | null {
  const last = atFolder(folder, () => (existsSync(folder) ? readLock(folder) : null));
  return last === null || isFree(last) ? null : last.holder;
}

function lockedBy(folder: string, file: LockFile | null, { serves }: Pick<FolderLockOptions, 'serves'>): UserError {
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
