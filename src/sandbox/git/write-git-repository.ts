import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runGit } from '../../git/run-git.ts';
import type { RepositoryRecord } from '../world.ts';
import { encodeTree, type GitObjects } from './git-objects.ts';
import { refsOf } from './refs-of.ts';
import { type PackedObject, packOf } from './write-pack.ts';

/** What a folder already holds, so that only what is new is written. */
export interface WrittenRepository {
  readonly objects: Set<string>;
  refs: string;
}

/** Like GitHub, it gives out any commit by its id, and parts of a history. */
const CONFIG = `[core]
\trepositoryformatversion = 0
\tbare = true
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[gc]
\tauto = 0
`;

/**
 * Writes a repository of the world as a bare one of git, with the ids that the sandbox tells. Called again with what it gave
 * back, it adds what is new and moves the refs. Throws where git cannot read what was written.
 */
export async function writeGitRepository(
  repository: RepositoryRecord,
  folder: string,
  before: WrittenRepository | null = null,
): Promise<WrittenRepository> {
  const written = before ?? { objects: new Set<string>(), refs: '' };
  if (before === null) await layOut(repository, folder);
  const refs = refsOf(repository);
  const lines = [...refs].map(([name, sha]) => `${sha} ${name}\n`).join('');
  if (lines === written.refs) return written;
  const fresh = missingObjects(repository.objects, [...refs.values()], written.objects);
  if (fresh.length > 0) await addPack(folder, packOf(fresh));
  // In one step, so that nobody reads half of it.
  const draft = join(folder, 'packed-refs.new');
  await writeFile(draft, `# pack-refs with: sorted \n${lines}`);
  await rename(draft, join(folder, 'packed-refs'));
  written.refs = lines;
  return written;
}

async function layOut({ defaultBranch }: RepositoryRecord, folder: string): Promise<void> {
  await mkdir(join(folder, 'objects', 'pack'), { recursive: true });
  await mkdir(join(folder, 'refs', 'heads'), { recursive: true });
  await writeFile(join(folder, 'config'), CONFIG);
  await writeFile(join(folder, 'HEAD'), `ref: refs/heads/${defaultBranch}\n`);
}

async function addPack(folder: string, pack: Buffer): Promise<void> {
  const draft = join(folder, 'draft.pack');
  await writeFile(draft, pack);
  const name = join(folder, 'objects', 'pack', `pack-${pack.subarray(-20).toString('hex')}`);
  const place = { gitFolder: folder, workTree: folder };
  const { ended, complaint } = await runGit({ args: ['index-pack', '-o', `${name}.idx`, draft], place });
  if (ended !== 'done') throw new Error(`git cannot read what the sandbox wrote: ${complaint}`);
  await rename(draft, `${name}.pack`);
}

/** Everything that the commits need and that was not written yet; what it finds counts as written. */
function missingObjects(objects: GitObjects, heads: readonly string[], written: Set<string>): readonly PackedObject[] {
  const found: PackedObject[] = [];
  const isNew = (id: string) => !written.has(id) && written.add(id) !== undefined;
  const trees: string[] = [];
  for (const waiting = [...heads]; waiting.length > 0; ) {
    const id = waiting.pop() ?? '';
    const commit = objects.commits.get(id);
    if (commit === undefined || !isNew(id)) continue;
    found.push({ type: 'commit', body: Buffer.from(commit.text) });
    waiting.push(...commit.parents);
    trees.push(commit.tree);
  }
  while (trees.length > 0) {
    const id = trees.pop() ?? '';
    const entries = objects.trees.get(id);
    if (entries === undefined || !isNew(id)) continue;
    found.push({ type: 'tree', body: encodeTree(entries) });
    for (const entry of entries) {
      if (entry.type === 'tree') trees.push(entry.id);
      else if (isNew(entry.id)) found.push({ type: 'blob', body: Buffer.from(objects.blobs.get(entry.id) ?? '') });
    }
  }
  return found;
}
