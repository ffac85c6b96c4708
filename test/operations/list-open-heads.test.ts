import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openRepository } from '../../src/git/open-repository.ts';
import { type HeadsWish, listOpenHeads } from '../../src/operations/list-open-heads.ts';
import { git } from '../git/draft-repository.ts';
import { prepareClone, UNCHANGED } from './risk-clone-world.ts';

async function listed(folder: string, wish: Omit<HeadsWish, 'base'>) {
  const repository = await openRepository(folder);
  try {
    return await listOpenHeads(repository, { ...wish, base: 'main' });
  } finally {
    await repository.close();
  }
}

const oneBranch = () =>
  prepareClone((draft) => {
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    draft.commit({ branch: 'refs/heads/team/left', parents: [root], files: { 'a.txt': 'left\n' } });
  });

test('a head that is named and gone is told, also beside others that are there', async () => {
  const { folder } = oneBranch();
  const gone = ['team/gone', 'refs/heads/gone/*', 'refs/heads/te?m/[a-k]*', 'refs/pull/7/head'];
  const there = ['team/left', 'refs/heads/team', 'refs/heads/te?m/*', 'refs/heads/team/[l]*', 'main'];
  const { named, remarks } = await listed(folder, { heads: [...there, ...gone] });
  expect(named.map(({ name }) => name)).toEqual(['team/left']);
  const words = gone.map((pattern) => JSON.stringify(pattern)).join(', ');
  expect(remarks).toEqual([`No ref of this clone matches ${words}: nothing is known of what that meant.`]);
  expect((await listed(folder, { heads: there })).remarks).toEqual([]);
});

test('of more heads than anybody could judge, the newest pull requests and what is asked for are kept, and it is told', async () => {
  const { folder } = oneBranch();
  const commit = git(folder, ['rev-parse', 'refs/heads/team/left']).trim();
  const numbers = Array.from({ length: 20_010 }, (_, index) => index + 1);
  const names = numbers.map((number) => `refs/pull/${number}/head`).sort();
  writeFileSync(
    join(folder, 'packed-refs'),
    `# pack-refs with: peeled fully-peeled sorted \n${names.map((name) => `${commit} ${name}\n`).join('')}`,
  );
  const { named, remarks } = await listed(folder, { heads: undefined, only: ['#3'] });
  expect([named.length, named[0]?.name, named[1]?.name, named.at(-1)?.name]).toEqual([20_000, '#3', '#12', '#20010']);
  expect(remarks).toEqual([
    'Only 20000 of 20010 heads are looked at, the newest pull requests first; of the others nothing is known. --heads names fewer.',
  ]);
});
