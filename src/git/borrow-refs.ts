import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { isFile } from './locate-repository.ts';

/**
 * Lets a git folder of ours read every ref of a repository: by one link, unless something among them is no file, such as a
 * pipe, which would hold up git for ever. Then the files are linked one by one. A folder that cannot be read holds none.
 */
export async function borrowRefs(from: string, to: string): Promise<void> {
  if (await isPlain(from)) await symlink(from, to);
  else await linkEach(from, to);
}

async function isPlain(folder: string): Promise<boolean> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => null);
  if (entries === null) return false;
  if (!entries.every((entry) => entry.isFile() || entry.isDirectory())) return false;
  const below = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map(({ name }) => isPlain(join(folder, name))),
  );
  return below.every(Boolean);
}

async function linkEach(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true }).catch(() => [])) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkEach(source, target);
    else if (await isFile(source)) await symlink(source, target);
  }
}
