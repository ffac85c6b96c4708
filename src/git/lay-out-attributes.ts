import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { foldersAbove } from '../core/risk/folders-above.ts';
import { findNoRoom, PARTIAL } from './explain-failure.ts';
import { type Repository, runIn } from './open-repository.ts';
import { readBlobs } from './read-blobs.ts';
import { type Answer, cancelledBy } from './run-batch.ts';

/** The files of a tree, and a folder that holds nothing but its `.gitattributes`. */
export interface LaidOut {
  readonly paths: readonly string[];
  readonly workTree: string;
}

interface Attributes {
  readonly id: string;
  /** One character per byte: a name need not be text. */
  readonly path: string;
}

// Far more than any repository has, and little enough that whoever writes them holds nobody up.
const LARGEST_BYTES = 1024 * 1024;
const ALL_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 5000;
const MOST_FOLDERS = 10_000;
/** No file system that git runs on has longer ones (PATH_MAX of Linux). */
const LONGEST_PATH = 4096;
const IMPOSSIBLE = 'its .gitattributes cannot be laid out in a folder';

/**
 * Lays out the attributes of a tree, because git merges by those of the working tree: `merge=union` never conflicts, `-merge`
 * always does. A driver that they name is not defined in our configuration, so git merges as text and runs nothing.
 * Unknown where the tree cannot be listed, where it has too many or too large ones, and where a folder cannot hold them: in
 * a tree a name may be longer than in any file system, and a file and a folder may have the same.
 */
export async function layOutAttributes(repository: Repository, tree: string): Promise<Answer<LaidOut>> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', tree];
  const { ended, stdout } = await runIn(repository, { args, encoding: 'latin1' });
  if (ended === 'cancelled') return cancelledBy(repository.signal);
  if (ended !== 'done') return { known: false, reason: repository.isPartial ? PARTIAL : 'its files cannot be listed' };
  const entries = stdout.split('\0').flatMap((entry) => {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    return mode === undefined || id === undefined || path === undefined ? [] : [{ mode, id, path }];
  });
  const attributes = entries.filter(({ mode, path }) => mode.startsWith('100') && isAttributes(path));
  const key = createHash('sha256').update(JSON.stringify(attributes)).digest('hex');
  const workTree = join(repository.folder, attributes.length === 0 ? 'no-attributes' : `attributes-${key}`);
  const problem = await fill(repository, workTree, attributes);
  if (problem !== null) return { known: false, reason: problem };
  return { known: true, value: { paths: entries.map(({ path }) => decoded(path)), workTree } };
}

/** Only where no part of the path leads out of the folder, whatever a made-up tree may say. */
function isAttributes(path: string): boolean {
  const parts = path.split('/');
  return (
    parts.at(-1) === '.gitattributes' && !parts.some((part) => ['', '.', '..'].includes(part) || /^\.git$/i.test(part))
  );
}

/** What is wrong with them, if anything; then the folder is gone again. */
async function fill(
  repository: Repository,
  workTree: string,
  attributes: readonly Attributes[],
): Promise<string | null> {
  if (attributes.length > MOST_FILES) return 'its .gitattributes are too many';
  if (attributes.some(({ path }) => path.length > LONGEST_PATH)) return IMPOSSIBLE;
  const folders = new Set(attributes.flatMap(({ path }) => foldersAbove(path)));
  if (folders.size > MOST_FOLDERS) return 'its .gitattributes are too many';
  const ids = [...new Set(attributes.map(({ id }) => id))];
  const texts = await readBlobs(repository, ids);
  if (repository.isPartial && ids.some((id) => !texts.has(id))) return PARTIAL;
  const lengths = attributes.map(({ id }) => texts.get(id)?.length ?? Number.POSITIVE_INFINITY);
  if (lengths.some((length) => length > LARGEST_BYTES)) return 'its .gitattributes cannot be read or are too large';
  if (lengths.reduce((sum, length) => sum + length, 0) > ALL_BYTES) return 'its .gitattributes are too large';
  try {
    const isNew = (await mkdir(workTree, { recursive: true })) !== undefined;
    if (!isNew) return null;
    for (const folder of folders) await mkdir(bytesOf(workTree, folder));
    for (const { id, path } of attributes) {
      await writeFile(bytesOf(workTree, path), texts.get(id) ?? '', { encoding: 'latin1', flag: 'wx' });
    }
    return null;
  } catch {
    const noRoom = await findNoRoom(repository.folder);
    await rm(workTree, { recursive: true, force: true });
    return noRoom ?? IMPOSSIBLE;
  }
}

const bytesOf = (folder: string, path: string): Buffer =>
  Buffer.concat([Buffer.from(join(folder, '/')), Buffer.from(path, 'latin1')]);

/** As every other answer of git is read. */
const decoded = (path: string): string =>
  /[^\0-\x7f]/.test(path) ? Buffer.from(path, 'latin1').toString('utf8') : path;
