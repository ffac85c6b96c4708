import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findConflicts } from '../../src/git/find-conflicts.ts';
import { type Head, listHeads, resolveBase, resolveHeads } from '../../src/git/list-heads.ts';
import { loadHistory } from '../../src/git/load-history.ts';
import { openRepository, type Repository } from '../../src/git/open-repository.ts';
import { readTouchedFiles } from '../../src/git/read-touched-files.ts';
import { replayMerges } from '../../src/git/replay-merges.ts';
import { fileCache, memoryCache, type TrialCache } from '../../src/git/trial-cache.ts';
import { type DraftFile, draftRepository, git, newFolder, type RepositoryDraft } from './draft-repository.ts';

const TEN = Array.from({ length: 10 }, (_, index) => `line ${index + 1}\n`).join('');

let folder: string;
beforeAll(() => {
  folder = newFolder('history');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function use<T>(draft: RepositoryDraft, ask: (repository: Repository, path: string) => Promise<T>): Promise<T> {
  const path = newFolder('history-of');
  draft.write(path);
  const repository = await openRepository(path);
  try {
    return await ask(repository, path);
  } finally {
    await repository.close();
    rmSync(path, { recursive: true });
  }
}

describe('the files that a head touches', () => {
  const touched = (draft: RepositoryDraft) =>
    use(draft, async (repository) => {
      const base = await resolveBase(repository, 'main');
      const [files] = await readTouchedFiles(repository, { base, heads: await listHeads(repository, ['a']) });
      return files;
    });

  test('come with renames and hunks, under names of any kind, and without what the base did since', async () => {
    const files: Record<string, DraftFile> = {
      ...{ 'new\nline': TEN, '"quoted" ünï': TEN, '-dash': 'x\n'.repeat(10), old: TEN },
      ...{ bin: { mode: '100644', data: Buffer.from([0, 1]) }, run: { mode: '100644', data: '#!\n' } },
    };
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files });
    draft.commit({ branch: 'refs/heads/main', parents: [start], files: { other: 'x\n' } });
    const changed: Record<string, DraftFile> = {
      ...{ 'new\nline': TEN.replace('line 3\n', 'three\nmore\n'), '"quoted" ünï': `${TEN}end\n`, '-dash': null },
      ...{ old: null, new: TEN.replace('line 9\n', ''), bin: { mode: '100644', data: Buffer.from([0, 2]) } },
      ...{ run: { mode: '120000', data: '#!\n' }, module: { mode: '160000', data: '1'.repeat(40) } },
    };
    draft.commit({ branch: 'refs/heads/a', parents: [start], files: changed });
    const digest = expect.any(String);
    expect(await touched(draft)).toEqual({
      known: true,
      value: [
        {
          path: '"quoted" ünï',
          status: 'modified',
          hunks: [{ oldStart: 10, oldLines: 0, newStart: 11, newLines: 1, digest }],
        },
        { path: '-dash', status: 'deleted', hunks: [{ oldStart: 1, oldLines: 10, newStart: 0, newLines: 0 }] },
        { path: 'bin', status: 'modified', hunks: null },
        { path: 'module', status: 'added', hunks: [{ oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, digest }] },
        {
          path: 'new',
          oldPath: 'old',
          status: 'renamed',
          hunks: [{ oldStart: 9, oldLines: 1, newStart: 8, newLines: 0 }],
        },
        {
          path: 'new\nline',
          status: 'modified',
          hunks: [{ oldStart: 3, oldLines: 1, newStart: 3, newLines: 2, digest }],
        },
        {
          ...{ path: 'run', status: 'type_changed' },
          hunks: [
            { oldStart: 1, oldLines: 1, newStart: 0, newLines: 0 },
            { oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, digest },
          ],
        },
      ],
    });
  });

  test('after criss-cross merges are those that differ from any merge base', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { x: '0\n', y: '0\n' } });
    const left = draft.commit({ branch: 'refs/heads/main', parents: [start], files: { x: '1\n' } });
    const right = draft.commit({ branch: 'refs/heads/a', parents: [start], files: { y: '1\n' } });
    draft.commit({ branch: 'refs/heads/main', parents: [left, right], files: { y: '1\n' } });
    const merged = draft.commit({ branch: 'refs/heads/a', parents: [right, left], files: { x: '1\n' } });
    draft.commit({ branch: 'refs/heads/a', parents: [merged], files: { z: '1\n' } });
    const files = await touched(draft);
    expect(files?.known && files.value.map(({ path }) => path).sort()).toEqual(['x', 'y', 'z']);
  });
});

describe('where many heads left the base', () => {
  test('is what git tells of each, where they met it beside its first parents and long ago', async () => {
    const draft = draftRepository();
    const on = (branch: string, ...parents: number[]): number =>
      draft.commit({ branch: `refs/heads/${branch}`, parents, files: {} });
    const start = draft.commit({ branch: 'refs/heads/main', files: { f: '0\n' } });
    const older = on('left', start);
    const left = on('left', older);
    const right = on('right', start);
    let main = on('main', on('main', on('main', start), left), right);
    for (let count = 0; count < 700; count += 1) main = on('main', main);
    for (const place of [0, 1, 2]) {
      on(`apart${place}`, on(`apart${place}`, left), right);
      on(`behind${place}`, on(`behind${place}`, older), left);
      on(`three${place}`, on(`three${place}`, right, older), left);
    }
    await use(draft, async (repository, path) => {
      const base = await resolveBase(repository, 'main');
      const found = await listHeads(repository, ['refs/heads/*']);
      const heads = (await resolveHeads(repository, found)).filter((head) => head !== null);
      const told = (await loadHistory(repository, base, heads)).map((one) => one.known && one.standing.mergeBases);
      const asked = heads.map(({ commit }) =>
        git(path, ['merge-base', '--all', base.commit, commit]).trim().split('\n').sort(),
      );
      expect(told).toEqual(asked);
      expect(asked.map((some) => some.length).sort()).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2]);
    });
  });
});

describe('what was judged before', () => {
  /** Eleven heads that all change the same file, far apart. */
  function draftMany(): RepositoryDraft {
    const lines = Array.from({ length: 200 }, (_, index) => `line ${index}\n`);
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { f: lines.join('') } });
    for (let place = 0; place < 11; place += 1) {
      const text = lines.map((line, index) => (index === place * 12 ? `head ${place}\n` : line)).join('');
      draft.commit({
        branch: place < 10 ? `refs/pull/${place}/head` : 'refs/heads/pushed',
        parents: [start],
        files: { f: text },
      });
    }
    return draft;
  }

  async function judgeTwice(caches: () => TrialCache): Promise<readonly number[]> {
    return use(draftMany(), async (repository) => {
      const base = await resolveBase(repository, 'main');
      const heads = await listHeads(repository, ['refs/pull/*/head']);
      const [pushed] = await listHeads(repository, ['pushed']);
      const after = heads.map(
        (head): Head => (head.name === 'refs/pull/4/head' && pushed ? { ...head, commit: pushed.commit } : head),
      );
      const counts: number[] = [];
      for (const some of [heads, heads, after]) {
        const report = await findConflicts(repository, {
          base,
          heads: some,
          cache: caches(),
          isRegenerated: () => false,
        });
        expect(report.pairs).toHaveLength(45);
        expect(report.pairs.map(({ finding }) => finding)).toEqual(
          Array(45).fill({ basis: 'verified', verdict: 'clean' }),
        );
        counts.push(report.counts.merges);
      }
      return counts;
    });
  }

  test('is not tried again, and a push tries its own row alone', async () => {
    const cache = memoryCache();
    expect(await judgeTwice(() => cache)).toEqual([10 + 45, 0, 1 + 9]);
  });

  test('is kept in a file, whose broken lines are passed over', async () => {
    const path = join(folder, 'deep/cache.jsonl');
    mkdirSync(join(folder, 'deep'));
    writeFileSync(path, 'no json\n["base"]\n');
    expect(await judgeTwice(() => fileCache(path))).toEqual([10 + 45, 0, 1 + 9]);
  });
});

describe('merges of the past', () => {
  test('tell which files conflicted, how often and when', async () => {
    const draft = draftRepository();
    let main = draft.commit({ branch: 'refs/heads/main', files: { x: TEN, y: TEN } });
    for (const text of ['kim', 'ravi']) {
      const side = draft.commit({
        branch: 'refs/heads/side',
        parents: [main],
        files: { x: TEN.replace('line 3', text), y: text },
      });
      const ahead = draft.commit({
        branch: 'refs/heads/main',
        parents: [main],
        files: { x: TEN.replace('line 3', `not ${text}`) },
      });
      main = draft.commit({
        branch: 'refs/heads/main',
        parents: [ahead, side],
        files: { x: `solved ${text}`, y: text },
      });
      main = draft.commit({ branch: 'refs/heads/main', parents: [main], files: { x: TEN, y: TEN } });
    }
    const replay = await use(draft, async (repository) =>
      replayMerges(repository, { base: await resolveBase(repository, 'main') }),
    );
    expect({ ...replay, merges: replay.merges.map(({ conflicts }) => conflicts) }).toEqual({
      merges: [['x'], ['x']],
      files: [
        { path: 'x', merges: 2, conflicts: 2, lastConflictAt: '2023-11-14T22:21:20.000Z' },
        { path: 'y', merges: 2, conflicts: 0, lastConflictAt: null },
      ],
      unknown: 0,
      commits: 7,
    });
  });

  test('are none where everything was squashed', async () => {
    const draft = draftRepository();
    const start = draft.commit({ branch: 'refs/heads/main', files: { x: TEN } });
    draft.commit({ branch: 'refs/heads/main', parents: [start], files: { y: TEN } });
    const replay = await use(draft, async (repository) =>
      replayMerges(repository, { base: await resolveBase(repository, 'main') }),
    );
    expect(replay).toEqual({ merges: [], files: [], unknown: 0, commits: 2 });
  });
});
