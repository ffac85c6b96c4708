import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConflictReport } from '../../src/core/risk/conflict-report.ts';
import { type ConflictOptions, findConflicts } from '../../src/git/find-conflicts.ts';
import { type Head, listHeads, resolveBase, resolveHeads } from '../../src/git/list-heads.ts';
import { openRepository, type Repository } from '../../src/git/open-repository.ts';
import { memoryCache, type TrialCache } from '../../src/git/trial-cache.ts';
import { writeCommits } from '../../src/git/write-commits.ts';
import { writeOddRepository } from '../bench/odd-repository.ts';
import { newFolder } from './draft-repository.ts';

let folder: string;
beforeAll(() => {
  folder = newFolder('pairs');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Wish = Partial<Pick<ConflictOptions, 'isThorough' | 'only'>>;

async function judge(
  repository: Repository,
  heads: readonly Head[],
  cache: TrialCache,
  wish: Wish = {},
): Promise<Omit<ConflictReport, 'counts'>> {
  const base = await resolveBase(repository, 'main');
  const isRegenerated = (path: string): boolean => path.endsWith('.lock');
  const { counts: _, ...told } = await findConflicts(repository, { base, heads, cache, isRegenerated, ...wish });
  return told;
}

/** Each head with a commit on top that changes nothing. */
async function push(repository: Repository, heads: readonly Head[]): Promise<readonly Head[]> {
  const found = await resolveHeads(repository, heads);
  const trees = found.flatMap((head) => (head === null ? [] : [{ tree: head.tree, parents: [head.commit] }]));
  const commits = await writeCommits(repository, trees);
  return heads.map((head, place) => ({ ...head, commit: commits[place] ?? '' }));
}

describe.each([1, 2, 3])('pairs that an earlier run found, in odd repository %i', (seed) => {
  let repository: Repository;
  let heads: readonly Head[];
  beforeAll(async () => {
    const path = join(folder, `odd-${seed}`);
    const shape = { folders: 8, oddShare: 0.6, hotShare: 0.2, lostShare: 0.5, hasHugeFiles: false };
    writeOddRepository(path, { seed, heads: 24, ...shape });
    repository = await openRepository(path);
    heads = await listHeads(repository, ['refs/pull/*/head']);
  });
  afterAll(() => repository.close());

  test.each([{}, { isThorough: true }])('are those that a run from nothing finds, with %o', async (wish) => {
    const cache = memoryCache();
    const [early, late] = [heads.slice(0, 16), heads.slice(16)];
    await judge(repository, [...early].reverse(), cache, wish);
    const pushed = await push(repository, early.slice(3, 6));
    const now = [...early.slice(0, 3), ...pushed, ...early.slice(8), ...late];
    expect(await judge(repository, now, cache, wish)).toEqual(await judge(repository, now, memoryCache(), wish));
  });

  test('hold for whoever asks for some heads, who finds no others, and for two heads of one commit', async () => {
    const cache = memoryCache();
    const [first, ...others] = heads;
    const twin = { name: 'twin', commit: first?.commit ?? '' };
    const now = [twin, ...heads];
    await judge(repository, others, cache);
    for (const name of ['twin', first?.name ?? '', others[4]?.name ?? '']) {
      const wish = { only: new Set([name]) };
      expect(await judge(repository, now, cache, wish)).toEqual(await judge(repository, now, memoryCache(), wish));
    }
    const whole = await judge(repository, now, memoryCache());
    expect(await judge(repository, now, cache)).toEqual(whole);
    expect(await judge(repository, now, cache)).toEqual(whole);
  });
});

test('what git was kept from telling is not kept as found', async () => {
  const path = join(folder, 'given-up');
  const shape = { folders: 8, oddShare: 0.6, hotShare: 0.2, lostShare: 0.5, hasHugeFiles: false };
  writeOddRepository(path, { seed: 4, heads: 12, ...shape });
  const repository = await openRepository(path);
  const heads = await listHeads(repository, ['refs/pull/*/head']);
  const kept: string[] = [];
  const patience = new AbortController();
  const cache = memoryCache();
  const impatient: TrialCache = {
    ...cache,
    get: (key) => {
      if (key.includes(' pairs ')) patience.abort();
      return cache.get(key);
    },
    set: (key, value) => {
      kept.push(key);
      cache.set(key, value);
    },
  };
  await judge({ ...repository, signal: patience.signal }, heads, impatient);
  expect(patience.signal.aborted).toBe(true);
  expect(kept.filter((key) => key.includes(' base ')).length).toBeGreaterThan(0);
  expect(kept.filter((key) => key.includes(' pairs '))).toEqual([]);
  expect(await judge(repository, heads, impatient)).toEqual(await judge(repository, heads, memoryCache()));
  expect(kept.filter((key) => key.includes(' pairs '))).toHaveLength(1);
  await repository.close();
});
