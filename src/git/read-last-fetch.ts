import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { locateRepository, readSmall } from './locate-repository.ts';
import type { Repository } from './open-repository.ts';

/** What the last `git fetch` brought, by the file that git writes then: git-fetch(1), FETCH_HEAD. */
export interface LastFetch {
  /** Milliseconds since 1970. */
  readonly atMs: number;
  /** Of branches alone: heads of pull requests and tags stand there as well. */
  readonly branchCommits: ReadonlySet<string>;
}

const FETCH_HEAD_BYTES = 16 * 1024 * 1024;

/** Null where nobody fetched, or with `--no-write-fetch-head`. Throws `not_found` where the repository is gone. */
export async function readLastFetch({ path }: Repository): Promise<LastFetch | null> {
  const file = join((await locateRepository(path)).gitFolder, 'FETCH_HEAD');
  const text = await readSmall(file, FETCH_HEAD_BYTES);
  const found = text === null ? null : await stat(file).catch(() => null);
  if (text === null || found === null) return null;
  const lines = text.split('\n').map((line) => /^([0-9a-f]{40,64})\t(?:not-for-merge)?\tbranch '/.exec(line)?.[1]);
  return { atMs: found.mtimeMs, branchCommits: new Set(lines.filter((commit) => commit !== undefined)) };
}
