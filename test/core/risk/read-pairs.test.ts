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
