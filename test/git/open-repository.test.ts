import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { problemOfVersion } from '../../src/git/demand-git.ts';
import { listHeads, resolveBase } from '../../src/git/list-heads.ts';
import { openRepository, type Repository, runIn } from '../../src/git/open-repository.ts';
import { runBatch } from '../../src/git/run-batch.ts';
import { writeCommits } from '../../src/git/write-commits.ts';
import { draftRepository, git, newFolder } from './draft-repository.ts';

let folder: string;
let bare: string;
beforeAll(() => {
  folder = newFolder('open');
  bare = join(folder, 'bare');
  draftTwo().write(bare);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function draftTwo() {
  const draft = draftRepository();
  const start = draft.commit({ branch: 'refs/heads/main', files: { 'd/a.txt': 'one\n' } });
  draft.commit({ branch: 'refs/pull/1/head', parents: [start], files: { 'd/a.txt': 'two\n' } });
  return draft;
}

async function use<T>(path: string, ask: (repository: Repository) => Promise<T>): Promise<T> {
  const repository = await openRepository(path);
  try {
    return await ask(repository);
  } finally {
    await repository.close();
  }
}

const mainOf = (path: string): Promise<string> =>
  use(path, async (repository) => (await resolveBase(repository, 'main')).commit);

describe('a repository is found and read', () => {
  const idOf = (path: string): string => git(path, ['rev-parse', 'main']).trim();

  test('bare, as a checkout, from a folder in it, and from a linked worktree', async () => {
    const checkout = join(folder, 'checkout');
    git(folder, ['clone', '--quiet', bare, checkout]);
    git(checkout, ['worktree', 'add', '--quiet', '--detach', join(folder, 'linked')]);
    const paths = [bare, checkout, join(checkout, 'd'), join(folder, 'linked')];
    expect(await Promise.all(paths.map(mainOf))).toEqual(paths.map(() => idOf(bare)));
  });

  test('with a HEAD that is a link to its branch', async () => {
    const path = join(folder, 'linked-head');
    draftTwo().write(path);
    git(path, ['update-ref', 'refs/heads/trunk', idOf(bare)]);
    git(path, ['update-ref', '-d', 'refs/heads/main']);
    rmSync(join(path, 'HEAD'));
    symlinkSync('refs/heads/trunk', join(path, 'HEAD'));
    expect(await use(path, async (repository) => (await resolveBase(repository, 'HEAD')).commit)).toBe(idOf(bare));
  });

  test('with objects that it borrows from others, over several steps', async () => {
    const [near, far] = [join(folder, 'near "quoted"'), join(folder, 'far')];
    git(folder, ['clone', '--quiet', '--bare', '--shared', bare, near]);
    git(folder, ['clone', '--quiet', '--bare', '--shared', near, far]);
    expect(await mainOf(far)).toBe(idOf(bare));
  });

  test('with ids of SHA-256', async () => {
    const path = join(folder, 'sha256');
    draftTwo().write(path, ['--object-format=sha256']);
    const written = await use(path, async (repository) => {
      const base = await resolveBase(repository, 'main');
      return writeCommits(repository, [{ tree: base.tree, parents: [base.commit] }]);
    });
    expect([await mainOf(path), written[0]?.length]).toEqual([idOf(path), 64]);
  });

  test('unless its refs are in a reftable, which is said', async () => {
    const path = join(folder, 'reftable');
    draftTwo().write(path);
    writeFileSync(
      join(path, 'config'),
      '[core]\n\trepositoryFormatVersion = 1\n[extensions]\n\trefStorage = reftable\n',
    );
    await expect(openRepository(path)).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('reftable'),
    });
  });
});

test('closing leaves nothing behind', async () => {
  const repository = await openRepository(bare);
  expect(existsSync(repository.folder)).toBe(true);
  await repository.close();
  expect(existsSync(repository.folder)).toBe(false);
});

test.each([
  ['git version 2.37.9', 'git 2.37 is too old: trial merges need 2.38 or later'],
  ['git version 1.99.0', 'git 1.99 is too old: trial merges need 2.38 or later'],
  ['git version 2.38.0', null],
  ['git version 2.50.1 (Apple Git-155)', null],
  ['git version 3.0.0.windows.1', null],
  ['command not found', 'git does not tell its version'],
])('%s: %s', (answer, problem) => {
  expect(problemOfVersion(answer)).toBe(problem);
});

describe('a batch', () => {
  const ask = (lines: readonly string[]) =>
    use(bare, (repository) =>
      runBatch(repository, {
        ...{ args: ['merge-tree', '--write-tree', '--stdin'], lines },
        read: (text) => text.split('\0').filter((field) => /^[0-9a-f]{40}$/.test(field)),
      }),
    );

  test('goes on after questions that git dies on', async () => {
    const good = 'refs/heads/main refs/pull/1/head';
    const answers = await ask([good, 'refs/heads/main nothing', good, good, 'nothing at-all', good]);
    expect(answers.map(({ known }) => known)).toEqual([true, false, true, true, false, true]);
    expect(answers[1]).toEqual({
      known: false,
      reason: expect.stringContaining('nothing - not something we can merge'),
    });
  });

  test('of no question starts no process', async () => {
    expect(await ask([])).toEqual([]);
  });
});

test('heads are listed by pattern and no further than asked', async () => {
  const names = (patterns: readonly string[], limit?: number) =>
    use(bare, async (repository) => (await listHeads(repository, patterns, limit)).map(({ name }) => name));
  expect(await names(['refs/pull/*/head'])).toEqual(['refs/pull/1/head']);
  expect(await names(['refs/heads/*', 'refs/pull/*/head'], 1)).toEqual(['refs/heads/main']);
  expect(await names(['main'])).toEqual(['refs/heads/main']);
  expect(await names(['refs/tags/*'])).toEqual([]);
});

test('what git complains of names no folder of ours, so that it is the same in every run', async () => {
  const broken = join(folder, 'broken');
  draftTwo().write(broken);
  const id = 'ab'.padEnd(40, '0');
  mkdirSync(join(broken, 'objects/ab'));
  writeFileSync(join(broken, 'objects/ab', id.slice(2)), 'no object');
  const complaints = await Promise.all(
    [1, 2].map(() =>
      use(broken, async (repository) => (await runIn(repository, { args: ['cat-file', 'blob', id] })).complaint),
    ),
  );
  expect(complaints[0]).toContain(`objects/ab/${id.slice(2)}`);
  expect(complaints[1]).toBe(complaints[0]);
  expect(complaints[0]).not.toContain(tmpdir());
});
