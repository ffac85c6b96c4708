import { type Repository, runIn } from '../open-repository.ts';
import { readBlobs } from '../read-blobs.ts';
import type { Answer } from '../run-batch.ts';
import type { SourceTree } from './source-tree.ts';

/**
 * The files of a tree, read from the object store alone: no working tree is looked at, no filter runs. Links and submodules
 * are left out.
 */
export async function treeOfCommit(repository: Repository, tree: string): Promise<Answer<SourceTree>> {
  const { ended, stdout } = await runIn(repository, { args: ['ls-tree', '-r', '-z', '--full-tree', tree] });
  if (ended !== 'done') return { known: false, reason: 'the files of the base cannot be listed' };
  const files = new Map<string, string>();
  for (const entry of stdout.split('\0')) {
    const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    if (id !== undefined && path !== undefined) files.set(path, id);
  }
  const readTexts: SourceTree['readTexts'] = async (paths) => {
    const ids = paths.map((path) => files.get(path) ?? null);
    const blobs = await readBlobs(
      repository,
      ids.filter((id) => id !== null),
    );
    return ids.map((id) => textOf(id === null ? undefined : blobs.get(id)));
  };
  return { known: true, value: { files, readTexts } };
}

function textOf(bytes: string | undefined): string | null {
  return bytes === undefined || bytes.includes('\0') ? null : Buffer.from(bytes, 'latin1').toString('utf8');
}
