import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Repository, runIn } from './open-repository.ts';

/** The files of a tree, and a folder that holds nothing but its `.gitattributes`. */
export interface LaidOut {
  readonly paths: readonly string[];
  readonly workTree: string;
}

const ATTRIBUTES_BYTES = 1024 * 1024;

/**
 * Lays out the attributes of a tree, because git merges by those of the working tree: `merge=union` never conflicts, `-merge`
 * always does. A driver that they name is not defined in our configuration, so git merges as text and runs nothing.
 * Null where the tree cannot be listed.
 */
export async function layOutAttributes(repository: Repository, tree: string): Promise<LaidOut | null> {
  const { ended, stdout } = await runIn(repository, { args: ['ls-tree', '-r', '-z', '--full-tree', tree] });
  if (ended !== 'done') return null;
  const entries = stdout.split('\0').flatMap((entry) => {
    const [, mode, id, path] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    return mode === undefined || id === undefined || path === undefined ? [] : [{ mode, id, path }];
  });
  const attributes = entries.filter(({ mode, path }) => mode.startsWith('100') && isAttributes(path));
  const key = createHash('sha256').update(JSON.stringify(attributes)).digest('hex');
  const workTree = join(repository.folder, attributes.length === 0 ? 'no-attributes' : `attributes-${key}`);
  await mkdir(workTree, { recursive: true });
  for (const { id, path } of attributes) {
    const call = { args: ['cat-file', 'blob', id], maxOutputBytes: ATTRIBUTES_BYTES };
    const { ended: read, stdout: text } = await runIn(repository, call);
    if (read !== 'done') return null;
    await mkdir(dirname(join(workTree, path)), { recursive: true });
    await writeFile(join(workTree, path), text);
  }
  return { paths: entries.map(({ path }) => path), workTree };
}

/** Only where no part of the path leads out of the folder, whatever a made-up tree may say. */
function isAttributes(path: string): boolean {
  const parts = path.split('/');
  return (
    parts.at(-1) === '.gitattributes' && !parts.some((part) => ['', '.', '..'].includes(part) || /^\.git$/i.test(part))
  );
}
