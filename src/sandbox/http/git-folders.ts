import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { type WrittenRepository, writeGitRepository } from '../git/write-git-repository.ts';
import type { RepositoryRecord } from '../world.ts';

/** Repositories of the world as bare ones on disk, each written when it is first asked for. */
export interface GitFolders {
  /** Brings a repository up to date: the folder of all, and the name of its own below it. */
  bringUp(repository: RepositoryRecord): Promise<{ readonly root: string; readonly name: string }>;
  /** Deletes them all. */
  close(): Promise<void>;
}

export function createGitFolders(): GitFolders {
  const inTurn = pLimit(1);
  const written = new Map<number, WrittenRepository>();
  let root: string | null = null;
  return {
    bringUp: (repository) =>
      inTurn(async () => {
        root ??= await mkdtemp(join(tmpdir(), 'parasol-sandbox-git-'));
        const name = `${repository.id}.git`;
        const before = written.get(repository.id) ?? null;
        written.set(repository.id, await writeGitRepository(repository, join(root, name), before));
        return { root, name };
      }),
    close: () =>
      inTurn(async () => {
        if (root !== null) await rm(root, { recursive: true, force: true });
      }),
  };
}
