import { mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { lstat, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../core/failure.ts';
import { fileTrouble } from '../store/file-trouble.ts';
import { isRunning, processStart } from '../store/process-identity.ts';

const PREFIX = 'parasol-git-';
const OWNER = 'owner.json';

const ownerSchema = z.object({
  host: z.string(),
  /** Where process ids are counted: containers that share a temporary folder each count their own. */
  space: z.string().nullable(),
  pid: z.int().positive(),
  start: z.string().nullable(),
});

/**
 * Makes a private folder below the machine's temporary one, which says whose it is, and first removes those of processes
 * that are gone: one that was killed could not. What says nothing of its owner, or another machine's, stays. Throws `usage`
 * where none can be made.
 */
export async function makeOwnFolder(): Promise<string> {
  await removeAbandoned();
  const folder = newFolder();
  const owner = { host: hostname(), space: processSpace(), pid: process.pid, start: processStart(process.pid) };
  await writeFile(join(folder, OWNER), JSON.stringify(owner)).catch(async (cause: unknown) => {
    await removeOwnFolder(folder);
    throw asTemporaryFailure(cause);
  });
  return folder;
}

const own = new Set<string>();

/** Made and noted in one step: a signal finds every folder that there is. */
function newFolder(): string {
  try {
    const folder = mkdtempSync(join(tmpdir(), PREFIX));
    own.add(folder);
    return folder;
  } catch (cause) {
    throw asTemporaryFailure(cause);
  }
}

export async function removeOwnFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  own.delete(folder);
}

/** All of this process, at once, because it ends: what a killed git still wrote may take a moment. */
export function removeOwnFolders(): void {
  for (const folder of own) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    } catch {
      // The next run removes it.
    }
  }
}

/** What keeps the machine's temporary folder from being written to, with what to do about it. Throws what is a bug. */
function asTemporaryFailure(cause: unknown): UserError {
  const hint = 'Set TMPDIR to a folder that is there, that you may write to, and that has room.';
  const message = `Trial merges need a temporary folder, and none can be made. ${fileTrouble(tmpdir(), cause)}.`;
  return new UserError('usage', message, hint, { cause });
}

async function removeAbandoned(): Promise<void> {
  const names = (await readdir(tmpdir()).catch(() => [])).filter((name) => name.startsWith(PREFIX));
  for (const name of names) {
    const folder = join(tmpdir(), name);
    if (await isAbandoned(folder)) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => null);
  // A link, or somebody else's, may be laid there to have us delete something.
  if (found?.isDirectory() !== true || found.uid !== (process.getuid?.() ?? found.uid)) return false;
  const text = await readFile(join(folder, OWNER), 'utf8').catch(() => 'null');
  const owner = ownerSchema.safeParse(parsed(text)).data;
  if (owner === undefined || owner.host !== hostname() || owner.space !== processSpace()) return false;
  return !isRunning(owner.pid, owner.start);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Source: namespaces(7). Null where the machine has no `/proc`. */
function processSpace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return null;
  }
}
