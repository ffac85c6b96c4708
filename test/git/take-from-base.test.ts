import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveBase } from '../../src/git/list-heads.ts';
import { openRepository, type Repository, runIn } from '../../src/git/open-repository.ts';
import { takeFromBase } from '../../src/git/take-from-base.ts';
import { draftRepository, git, newFolder } from './draft-repository.ts';

let folder: string;
let repository: Repository;
beforeAll(async () => {
  folder = newFolder('taken');
  const draft = draftRepository();
  const start = draft.commit({
    branch: 'refs/heads/main',
    files: { 'a.lock': 'main\n', 'b.txt': 'b\n', 'd/e': 'e\n' },
  });
  const files = { 'a.lock': 'kim\n', ':b *.lock': 'kim\n', '-n.lock': 'kim\n', 'b.txt': 'kim\n', d: null };
  draft.commit({ branch: 'refs/heads/other', parents: [start], files: { ...files, 'f/g': 'g\n' } });
  draft.write(join(folder, 'served'));
  repository = await openRepository(join(folder, 'served'));
});
afterAll(async () => {
  await repository.close();
  rmSync(folder, { recursive: true, force: true });
});

const take = async (paths: readonly string[]) => {
  const [base, other] = [await resolveBase(repository, 'main'), await resolveBase(repository, 'other')];
  const tree = await takeFromBase(repository, { base, tree: other.tree, paths });
  if (tree === null) return null;
  const { stdout } = await runIn(repository, { args: ['ls-tree', '-r', '-z', '--name-only', tree] });
  const { stdout: lock } = await runIn(repository, { args: ['cat-file', 'blob', `${tree}:a.lock`] });
  return { names: stdout.split('\0').filter(Boolean), lock };
};

test('files are as the base has them, or gone where it has none, whatever they are called', async () => {
  expect(await take(['a.lock', ':b *.lock', '-n.lock'])).toEqual({ names: ['a.lock', 'b.txt', 'f/g'], lock: 'main\n' });
  expect(await take(['d/e'])).toEqual({
    names: ['-n.lock', ':b *.lock', 'a.lock', 'b.txt', 'd/e', 'f/g'],
    lock: 'kim\n',
  });
});

test('nobody can tell where the base has a folder, where a name is no text, and where they are very many', async () => {
  expect(await take(['d'])).toBeNull();
  expect(await take(['a\uFFFD.lock'])).toBeNull();
  expect(await take(Array.from({ length: 501 }, (_, place) => `${place}.lock`))).toBeNull();
});

test('nothing is written to the repository, and no index is left', async () => {
  const objects = () => git(join(folder, 'served'), ['count-objects', '-v']);
  const before = objects();
  await take(['a.lock']);
  expect(objects()).toBe(before);
  expect(readdirSync(repository.folder).filter((name) => name.startsWith('index'))).toEqual([]);
});
