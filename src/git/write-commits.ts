import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import pLimit from 'p-limit';
import type { Repository } from './open-repository.ts';

export interface NewCommit {
  readonly tree: string;
  readonly parents: readonly string[];
}

/**
 * Later than any commit at hand: git looks for merge bases from the newest commit down, and one that looked old would have
 * it walk all of history first. Fixed, so that the same merge is the same commit. 2100-01-01.
 */
const COMMIT_SECONDS = 4_102_444_800;
const WRITES_AT_ONCE = 16;
const compress = promisify(deflate);

/**
 * Writes commits into our own folder as loose objects, and tells their ids in order. git has no command that makes many:
 * `commit-tree` is one process each (1,000 take 3 s), `fast-import` moves refs. Source: gitformat-loose(5).
 */
export async function writeCommits(repository: Repository, commits: readonly NewCommit[]): Promise<readonly string[]> {
  const limit = pLimit(WRITES_AT_ONCE);
  return Promise.all(commits.map((commit) => limit(writeCommit, repository, commit)));
}

async function writeCommit({ folder, objectFormat }: Repository, commit: NewCommit): Promise<string> {
  const text = textOf(commit);
  const object = Buffer.from(`commit ${Buffer.byteLength(text)}\0${text}`);
  const id = createHash(objectFormat).update(object).digest('hex');
  const shelf = join(folder, 'git/objects', id.slice(0, 2));
  await mkdir(shelf, { recursive: true });
  await writeFile(join(shelf, id.slice(2)), await compress(object));
  return id;
}

function textOf({ tree, parents }: NewCommit): string {
  const person = `parasol <parasol@localhost> ${COMMIT_SECONDS} +0000`;
  const lines = [`tree ${tree}`, ...parents.map((id) => `parent ${id}`), `author ${person}`, `committer ${person}`];
  return `${lines.join('\n')}\n\ntrial merge\n`;
}
