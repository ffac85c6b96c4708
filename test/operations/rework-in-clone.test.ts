import { expect, test } from 'vitest';
import type { OperationContext } from '../../src/operations/operation.ts';
import { riskQueue } from '../../src/operations/risk-queue.ts';
import type { RepositoryDraft } from '../git/draft-repository.ts';
import { prepareClone, SOON, UNCHANGED, withLine } from './risk-clone-world.ts';

/** Who depends on a file, by the name that the base has for it. */
const dependent = (path: string): string => `import './${path}';\n`;

/** The lines of a file with some replaced, from a line on. */
const rewritten = (from: number, count: number): string =>
  withLine(0, '')
    .split('\n')
    .map((line, index) => (index + 1 >= from && index + 1 < from + count ? `other ${index + 1}` : line))
    .join('\n');

async function queueOf(fill: (draft: RepositoryDraft) => void) {
  const { folder, cache } = prepareClone(fill);
  const context: OperationContext = {
    get github(): never {
      throw new Error('GitHub was asked');
    },
    now: () => SOON,
    onProgress: () => {},
    defaultRepository: null,
    machine: { cacheFolder: cache },
  };
  const { places, expected } = await riskQueue.run(context, {
    ...{ clone: folder, drafts: false, bots: false, idle: false, seconds: 600 },
  });
  return { places: places.map(({ name, weight, impact }) => [name, weight, ...impact]), expected };
}

test('a change is redone in the file that the other side renamed, and its dependents count', async () => {
  const { places, expected } = await queueOf((draft) => {
    const files = { 'f.ts': UNCHANGED, 'u.ts': dependent('f.ts'), 'v.ts': dependent('u.ts') };
    const root = draft.commit({ branch: 'refs/heads/main', files });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'f.ts': rewritten(10, 10) } });
    draft.commit({
      branch: 'refs/pull/2/head',
      parents: [root],
      files: { 'f.ts': null, 'ff.ts': withLine(10, 'two') },
    });
  });
  expect(places).toEqual([
    ['#1', expect.closeTo(20 * (1 + Math.log2(3) / 10)), '20 lines of `f.ts` to redo', '2 files depend on `f.ts`'],
    ['#2', expect.closeTo(2 * (1 + Math.log2(3) / 10)), '2 lines of `ff.ts` to redo', '2 files depend on `ff.ts`'],
  ]);
  expect(expected).toEqual({ hits: 1, weight: expect.closeTo(2 * (1 + Math.log2(3) / 10)) });
});

test('a change is redone in the file that the base renamed, and its dependents count', async () => {
  const { places } = await queueOf((draft) => {
    const root = draft.commit({
      branch: 'refs/heads/main',
      files: { 'f.ts': UNCHANGED, 'u.ts': dependent('f.ts') },
    });
    draft.commit({ branch: 'refs/pull/1/head', parents: [root], files: { 'f.ts': withLine(10, 'one') } });
    draft.commit({ branch: 'refs/pull/2/head', parents: [root], files: { 'f.ts': rewritten(10, 10) } });
    draft.commit({
      branch: 'refs/heads/main',
      parents: [root],
      files: { 'f.ts': null, 'g.ts': UNCHANGED, 'u.ts': dependent('g.ts') },
    });
  });
  expect(places).toEqual([
    ['#2', expect.closeTo(22), '20 lines of `f.ts` to redo', '1 file depends on `f.ts`'],
    ['#1', expect.closeTo(2.2), '2 lines of `f.ts` to redo', '1 file depends on `f.ts`'],
  ]);
});

test('a file is redone that is put into a folder which the other side moved', async () => {
  const { places } = await queueOf((draft) => {
    const root = draft.commit({
      branch: 'refs/heads/main',
      files: { 'lib/a.ts': UNCHANGED, 'lib/b.ts': withLine(3, 'b') },
    });
    draft.commit({
      branch: 'refs/pull/1/head',
      parents: [root],
      files: { 'lib/a.ts': null, 'lib/b.ts': null, 'library/a.ts': UNCHANGED, 'library/b.ts': withLine(3, 'b') },
    });
    draft.commit({ branch: 'refs/pull/2/head', parents: [root], files: { 'lib/new.ts': rewritten(1, 30) } });
  });
  expect(places).toEqual([
    ['#2', 30, '30 lines of `lib/new.ts` to redo'],
    ['#1', 1],
  ]);
});

test('a stack is hit once, in what conflicts, and its lines count once', async () => {
  const { places, expected } = await queueOf((draft) => {
    const lines = [...UNCHANGED.split('\n')];
    const write = (line: number, text: string): string => {
      lines[line - 1] = text;
      return lines.join('\n');
    };
    const root = draft.commit({ branch: 'refs/heads/main', files: { 'a.txt': UNCHANGED } });
    const change = (number: number, parent: number, text: string): number =>
      draft.commit({ branch: `refs/pull/${number}/head`, parents: [parent], files: { 'a.txt': text } });
    let top = change(1, root, write(5, 'one'));
    for (const number of [2, 3, 4]) top = change(number, top, write(6 * number, `own of ${number}`));
    change(6, root, rewritten(1, 8));
  });
  expect(places).toEqual([
    ['#6', 16, '16 lines of `a.txt` to redo'],
    ['#1', 2, '2 lines of `a.txt` to redo'],
    ['#2', 1],
    ['#3', 1],
    ['#4', 1],
  ]);
  expect(expected).toEqual({ hits: 1, weight: 2 });
});
