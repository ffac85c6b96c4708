import { describe, expect, test } from 'vitest';
import type { OpenChange } from '../../../src/core/risk/open-change.ts';
import type { PairRisk } from '../../../src/core/risk/pair-risk.ts';
import { readPairs } from '../../../src/core/risk/read-pairs.ts';
import type { TouchedFile } from '../../../src/core/risk/touched-file.ts';
import { conflictIn, openChange, pair } from './build-open-change.ts';

const hunk = (line: number, lines: number) => ({ oldStart: line, oldLines: lines, newStart: line, newLines: lines });

const modified = (path: string, rest: Partial<TouchedFile> = {}): TouchedFile => ({
  ...{ path, status: 'modified', hunks: [hunk(1, 3)] },
  ...rest,
});
const added = (path: string): TouchedFile => modified(path, { status: 'added' });
const renamed = (oldPath: string, path: string): TouchedFile => modified(path, { oldPath, status: 'renamed' });

const read = (changes: readonly OpenChange[], ...pairs: readonly PairRisk[]) =>
  readPairs({ changes, pairs, isRegenerated: () => false }, new Set(changes.map(({ name }) => name)));

/** Of two changes that conflict at a path: in which of their files each meets the other, as it calls them itself. */
function metPaths(path: string, one: readonly TouchedFile[], two: readonly TouchedFile[]) {
  const changes = [openChange(1, 10, { files: one }), openChange(2, 11, { files: two })];
  const { meets } = read(changes, pair(1, 2, conflictIn(path)));
  return ['#1', '#2'].map((name) => meets.get(name)?.map((file) => file.path));
}

describe('the files in which changes meet', () => {
  test.each<[string, string, readonly TouchedFile[], readonly TouchedFile[], readonly string[][]]>([
    [
      'the other side renamed the file',
      'ff.ts',
      [modified('f.ts'), modified('x.ts')],
      [renamed('f.ts', 'ff.ts')],
      [['f.ts'], ['ff.ts']],
    ],
    [
      'the base renamed the file',
      'g.ts',
      [modified('f.ts', { basePath: 'g.ts' }), modified('x.ts')],
      [modified('f.ts', { basePath: 'g.ts' })],
      [['f.ts'], ['f.ts']],
    ],
    [
      'the base renamed the file, and then the other side',
      'h.ts',
      [modified('f.ts', { basePath: 'g.ts' })],
      [renamed('g.ts', 'h.ts')],
      [['f.ts'], ['h.ts']],
    ],
    [
      'both renamed the file, to different names',
      'b.ts',
      [renamed('f.ts', 'a.ts')],
      [renamed('f.ts', 'b.ts')],
      [['a.ts'], ['b.ts']],
    ],
    [
      'both renamed files to one name',
      'c.ts',
      [renamed('a.ts', 'c.ts'), modified('x.ts')],
      [renamed('b.ts', 'c.ts')],
      [['c.ts'], ['c.ts']],
    ],
    [
      'the other side moved the folder, and a file is added to it',
      'library/new.ts',
      [added('lib/new.ts'), added('lib/other.ts')],
      [renamed('lib/a.ts', 'library/a.ts'), renamed('lib/in/b.ts', 'library/in/b.ts')],
      [['lib/new.ts'], []],
    ],
    [
      'the other side moved the folder above, and a file is added below it',
      'library/in/new.ts',
      [added('lib/in/new.ts')],
      [renamed('lib/in/b.ts', 'library/in/b.ts')],
      [['lib/in/new.ts'], []],
    ],
    [
      'the other side moved the folder to the root',
      'new.ts',
      [added('lib/new.ts')],
      [renamed('lib/a.ts', 'a.ts')],
      [['lib/new.ts'], []],
    ],
    [
      'one put another file at the name that it took away',
      'ff.ts',
      [renamed('f.ts', 'ff.ts'), added('f.ts')],
      [modified('f.ts')],
      [['ff.ts'], ['f.ts']],
    ],
  ])('are known where %s', (_, path, one, two, expected) => {
    expect(metPaths(path, one, two)).toEqual(expected);
    expect(metPaths(path, two, one)).toEqual(expected.toReversed());
  });
});

const replaced = (line: number, text: string) => ({ ...hunk(line, 1), digest: text });

const inFile = (path: string, ...hunks: NonNullable<TouchedFile['hunks']>): TouchedFile => modified(path, { hunks });

const dependsOn = (dependent: number, on: number) =>
  pair(on, dependent, {
    basis: 'verified',
    verdict: 'depends_on',
    dependent: `#${dependent}`,
    on: `#${on}`,
    files: [],
  });

const overLines = (a: number, b: number, from: number, to: number) =>
  pair(a, b, {
    ...{ basis: 'verified', verdict: 'conflict' },
    files: [{ path: 'a.txt', kind: 'content', ranges: [{ from, to }], regenerate: false }],
  });

const estimate = (a: number, b: number, probability = 0.7) =>
  pair(a, b, { basis: 'estimated', probability, factors: [] });

const edgesOf = (changes: readonly OpenChange[], ...pairs: readonly PairRisk[]) =>
  read(changes, ...pairs).edges.map(({ a, b }) => `${a} ${b}`);

describe('a conflict of what a change stands on', () => {
  const below = replaced(5, 'one');
  const one = openChange(1, 10, { files: [inFile('a.txt', below)] });
  const two = (...own: NonNullable<TouchedFile['hunks']>) =>
    openChange(2, 11, { files: [inFile('a.txt', below, ...own)] });
  const other = openChange(6, 12, { files: [inFile('a.txt', { ...hunk(1, 8), digest: 'six' })] });
  const found = [dependsOn(2, 1), overLines(1, 6, 1, 8), overLines(2, 6, 1, 8)];

  test('is no conflict of the dependent, which has nothing to redo for it', () => {
    const { edges, meets } = read([one, two(replaced(20, 'two')), other], ...found);
    expect(edges.map(({ a, b }) => [a, b])).toEqual([['#1', '#6']]);
    expect(meets.get('#2')).toEqual([]);
    expect(meets.get('#1')).toEqual(one.files);
  });

  test('is one of the dependent too where its own lines meet the other, over whatever lines', () => {
    const { edges, meets } = read([one, two(replaced(7, 'two')), other], ...found);
    expect(edges.map(({ a, b }) => [a, b])).toEqual([
      ['#1', '#6'],
      ['#2', '#6'],
    ]);
    expect(meets.get('#2')).toEqual([inFile('a.txt', replaced(7, 'two'))]);
  });

  test('is one of the dependent too where nobody knows its lines, or the other conflicts with it over more', () => {
    const unread = openChange(2, 11, { files: [modified('a.txt', { hunks: null })] });
    expect(edgesOf([one, unread, other], ...found)).toEqual(['#1 #6', '#2 #6']);
    const more = [dependsOn(2, 1), overLines(1, 6, 1, 8), overLines(2, 6, 1, 9)];
    expect(edgesOf([one, two(replaced(20, 'two')), other], ...more)).toEqual(['#1 #6', '#2 #6']);
  });

  test('is one of the dependent where what it stands on is left out, or does not conflict', () => {
    const changes = [one, two(replaced(20, 'two')), other];
    const facts = { changes, pairs: found, isRegenerated: () => false };
    expect(readPairs(facts, new Set(['#2', '#6'])).edges).toMatchObject([{ a: '#2', b: '#6' }]);
    expect(edgesOf(changes, dependsOn(2, 1), overLines(2, 6, 1, 8))).toEqual(['#2 #6']);
  });

  test('is no conflict of two stacks but of the two that they stand on', () => {
    const up = openChange(7, 13, { files: [inFile('a.txt', { ...hunk(1, 8), digest: 'six' }), added('seven.ts')] });
    const pairs = [...found, dependsOn(7, 6), overLines(1, 7, 1, 8), overLines(2, 7, 1, 8)];
    expect(edgesOf([one, two(replaced(20, 'two')), other, up], ...pairs)).toEqual(['#1 #6']);
  });

  test('is told of an estimate as well, where the lines are known to be of what it stands on', () => {
    const pairs = [dependsOn(2, 1), estimate(1, 6), estimate(2, 6)];
    expect(edgesOf([one, two(replaced(20, 'two')), other], ...pairs)).toEqual(['#1 #6']);
    expect(edgesOf([one, two(replaced(7, 'two')), other], ...pairs)).toEqual(['#1 #6', '#2 #6']);
    const onlyOwn = openChange(2, 11, { files: [inFile('a.txt', replaced(20, 'two'))] });
    expect(edgesOf([one, onlyOwn, other], ...pairs)).toEqual(['#1 #6', '#2 #6']);
  });
});

describe('of pairs that share many files', () => {
  const names = Array.from({ length: 30 }, (_, index) => `${index}.ts`);
  const changes = Array.from({ length: 30 }, (_, index) =>
    openChange(index + 1, 10, { files: names.map((name) => modified(name)) }),
  );
  const pairs = changes.flatMap((_, b) =>
    changes.slice(0, b).map((_, a) => pair(a + 1, b + 1, { basis: 'estimated', probability: 0.5, factors: [] })),
  );

  test('each path is asked about once, whether it is made anew', () => {
    const asked: string[] = [];
    const isRegenerated = (path: string): boolean => {
      asked.push(path);
      return false;
    };
    const { edges, meets } = readPairs({ changes, pairs, isRegenerated }, new Set(changes.map(({ name }) => name)));
    expect(edges).toHaveLength(435);
    expect(changes.map(({ name }) => meets.get(name)?.map(({ path }) => path))).toEqual(changes.map(() => names));
    expect(asked.toSorted()).toEqual(names.toSorted());
  });
});
