import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readLearned, saveLearned } from '../../src/operations/conflict-history-file.ts';
import { learnFromMirror } from '../../src/operations/learn-from-mirror.ts';
import { mirrorCacheFolder } from '../../src/operations/risk-clone.ts';
import { git } from '../git/draft-repository.ts';
import { prepareClone, UNCHANGED, withLine } from './risk-clone-world.ts';

const now = '2023-11-15T00:00:00Z';
const lesson = (stop = new AbortController().signal) => ({ base: 'main', now, stop });

/** Two merges, of which the first conflicted in `a.txt`; `main` stands at the first of them. */
function prepareMerges() {
  return prepareClone((draft) => {
    const change = (branch: string, parents: readonly number[], line: number) =>
      draft.commit({ branch, parents, files: { 'a.txt': withLine(line, branch) } });
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    const [side, ours] = [change('refs/heads/s', [root], 3), change('refs/heads/main', [root], 3)];
    const first = change('refs/heads/main', [ours, side], 3);
    change('refs/heads/later', [first, change('refs/heads/t', [first], 20)], 20);
  });
}

test('the merges of a base are done again once, and later only those that came since', async () => {
  const { folder, commits } = prepareMerges();
  const cache = mirrorCacheFolder(folder);
  expect([await learnFromMirror(folder, lesson()), await learnFromMirror(folder, lesson())]).toEqual([1, 0]);
  const first = { at: '2023-11-14T22:17:20.000Z', files: ['a.txt'], conflicts: ['a.txt'] };
  expect(await readLearned(cache)).toEqual({ learnedAt: now, through: commits.get(4), merges: [first] });
  git(folder, ['update-ref', 'refs/heads/main', 'refs/heads/later']);
  expect(await learnFromMirror(folder, lesson())).toBe(1);
  const second = { at: '2023-11-14T22:19:20.000Z', files: ['a.txt'], conflicts: [] };
  expect(await readLearned(cache)).toEqual({ learnedAt: now, through: commits.get(6), merges: [second, first] });
});

test('nothing is learned where there is no clone or no such branch, or once told to stop', async () => {
  const { folder } = prepareMerges();
  expect(await learnFromMirror(join(folder, 'nowhere'), lesson())).toBe(0);
  expect(await learnFromMirror(folder, { ...lesson(), base: 'release' })).toBe(0);
  expect(await learnFromMirror(folder, lesson(AbortSignal.abort()))).toBe(0);
  expect([existsSync(join(folder, 'nowhere')), existsSync(mirrorCacheFolder(folder))]).toEqual([false, false]);
});

test('where no folder may be, what was learned is refused at once instead of tried for ever', async () => {
  const saved = saveLearned('/proc/nope/below', { learnedAt: now, merges: [] });
  await expect(saved).rejects.toMatchObject({ code: 'ENOENT' });
});
