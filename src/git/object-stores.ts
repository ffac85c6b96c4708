import { constants } from 'node:fs';
import { copyFile, mkdir, readdir, realpath, symlink, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pLimit from 'p-limit';
import { UserError } from '../core/failure.ts';
import { isFile, readSmall } from './locate-repository.ts';

/** As git itself: an object store may borrow from others, at most this deep. */
const DEEPEST = 5;
const ALTERNATES_BYTES = 1024 * 1024;
const COPIES_AT_ONCE = 16;

/**
 * Lets a git folder of ours read every object of a repository, and its alternates', without touching them. Not by an
 * alternate: git renews the time of any file there that already holds what it is about to write. So packs are linked, each
 * with an empty `.mtimes` beside the link, because git renews no pack of unreachable objects; loose objects are copied. Tells
 * the packs that have no index, so that git finds nothing in them.
 */
export async function borrowObjects(from: string, to: string): Promise<readonly string[]> {
  await demandReadable(from);
  await mkdir(join(to, 'pack'), { recursive: true });
  await mkdir(join(to, 'info'), { recursive: true });
  const unindexed: string[] = [];
  for (const [index, store] of (await listStores(from)).entries()) {
    unindexed.push(...(await linkPacks(store, join(to, 'pack'), index)));
    await copyLoose(store, to);
  }
  // Only the repository's own: it speeds up the walk through history.
  await linkFile(join(from, 'info/commit-graph'), join(to, 'info/commit-graph'));
  const chain = join(from, 'info/commit-graphs');
  const parts = await listFiles(chain);
  if (parts.length > 0) await mkdir(join(to, 'info/commit-graphs'));
  for (const name of parts) await symlink(join(chain, name), join(to, 'info/commit-graphs', name));
  return unindexed;
}

async function demandReadable(folder: string): Promise<void> {
  await readdir(folder).catch((cause: unknown) => {
    const hint = 'Look at who may read it: `ls -ld` it.';
    throw new UserError('not_found', `the objects in ${JSON.stringify(folder)} cannot be read`, hint, { cause });
  });
}

/** Links a regular file; anything else is as good as not there. */
export async function linkFile(from: string, to: string): Promise<void> {
  if (await isFile(from)) await symlink(from, to);
}

/** A store and those it borrows from, each once. */
async function listStores(first: string): Promise<readonly string[]> {
  const stores = new Set<string>();
  const visit = async (store: string, depth: number): Promise<void> => {
    const real = await realpath(store).catch(() => null);
    if (real === null || stores.has(real) || depth > DEEPEST) return;
    stores.add(real);
    const text = await readSmall(join(real, 'info', 'alternates'), ALTERNATES_BYTES);
    for (const line of text?.split('\n') ?? []) {
      if (line !== '' && !line.startsWith('#')) await visit(resolve(real, unquoted(line)), depth + 1);
    }
  };
  await visit(first, 0);
  return [...stores];
}

/** A path that begins with a quotation mark is written as in C; those with escapes other than these two are left as they are. */
function unquoted(line: string): string {
  return /^".*"$/.test(line) ? line.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : line;
}

/** The names of regular files, also by links: a pipe would hold up whoever opens it. None where the folder cannot be read. */
async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const kept = entries.map(
    async (entry) => entry.isFile() || (entry.isSymbolicLink() && (await isFile(join(folder, entry.name)))),
  );
  const isKept = await Promise.all(kept);
  return entries.flatMap(({ name }, place) => (isKept[place] === true ? [name] : []));
}

/** The paths of those that cannot be linked, because they have no index. */
async function linkPacks(store: string, folder: string, index: number): Promise<readonly string[]> {
  const packs = join(store, 'pack');
  const names = new Set(await listFiles(packs));
  for (const name of names) {
    const stem = /^(pack-[0-9a-f]+)\.idx$/.exec(name)?.[1];
    if (stem === undefined || !names.has(`${stem}.pack`)) continue;
    const link = join(folder, `${stem}-${index}`);
    await symlink(join(packs, name), `${link}.idx`);
    await symlink(join(packs, `${stem}.pack`), `${link}.pack`);
    await writeFile(`${link}.mtimes`, '');
  }
  const hasIndex = (name: string): boolean => names.has(name.replace(/pack$/, 'idx'));
  return [...names].flatMap((name) => (/^pack-.*\.pack$/.test(name) && !hasIndex(name) ? [join(packs, name)] : []));
}

async function copyLoose(store: string, to: string): Promise<void> {
  const limit = pLimit(COPIES_AT_ONCE);
  const folders = (await readdir(store).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name));
  const copies = folders.map(async (folder) => {
    const names = await listFiles(join(store, folder));
    const objects = names.filter((name) => /^([0-9a-f]{38}|[0-9a-f]{62})$/.test(name));
    if (objects.length > 0) await mkdir(join(to, folder), { recursive: true });
    const copy = (name: string): Promise<void> =>
      copyFile(join(store, folder, name), join(to, folder, name), constants.COPYFILE_FICLONE).catch(() => undefined);
    await Promise.all(objects.map((name) => limit(copy, name)));
  });
  await Promise.all(copies);
}
