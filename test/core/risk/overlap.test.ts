import { describe, expect, test } from 'vitest';
import { indexPaths, meetingsOf } from '../../../src/core/risk/overlap.ts';
import type { TouchedFile } from '../../../src/core/risk/touched-file.ts';
import { buildFile } from './build-hunks.ts';

const meet = (ours: readonly TouchedFile[], theirs: readonly TouchedFile[]): readonly string[] =>
  meetingsOf(indexPaths(ours), indexPaths(theirs)).map(({ path, kind }) => `${kind}: ${path}`);

const added = (path: string): TouchedFile => ({ ...buildFile(path, '0,0+3'), status: 'added' });
const deleted = (path: string): TouchedFile => ({ ...buildFile(path, '1,9+0'), status: 'deleted' });
const changed = (path: string): TouchedFile => buildFile(path, '4,1+1');
const renamed = (oldPath: string, path: string): TouchedFile => ({ path, oldPath, status: 'renamed', hunks: [] });

describe('where two changes meet', () => {
  test.each([
    ['nowhere', [changed('a')], [changed('b')], []],
    ['in a file that both change', [changed('a')], [changed('a')], ['content: a']],
    ['lines that are not shown', [{ ...changed('a'), hunks: null }], [changed('a')], ['unseen: a']],
    ['both add it', [added('a')], [added('a')], ['add/add: a']],
    ['one adds what the other changes', [added('a')], [changed('a')], ['add/modify: a']],
    ['one deletes what the other changes', [deleted('a')], [changed('a')], ['modify/delete: a']],
    ['both delete it', [deleted('a')], [deleted('a')], ['harmless: a']],
    ['a change follows a rename', [renamed('a', 'b')], [changed('a')], ['content: a']],
    ['one deletes what the other renames', [renamed('a', 'b')], [deleted('a')], ['rename/delete: a']],
    ['both rename it to different names', [renamed('a', 'b')], [renamed('a', 'c')], ['rename/rename: a']],
    ['both rename it to the same name', [renamed('a', 'b')], [renamed('a', 'b')], ['content: a', 'content: b']],
    ['a file where the other has a directory', [added('a')], [added('a/b/c')], ['file/directory: a']],
    ['a file added to a directory that moves', [renamed('d/a', 'e/a')], [added('d/b')], ['file location: d/b']],
    ['a rename within a directory moves nothing', [renamed('d/a', 'd/c')], [added('d/b')], []],
    ['names of objects are names', [changed('__proto__')], [changed('__proto__')], ['content: __proto__']],
  ])('%s', (_, ours, theirs, expected) => {
    expect(meet(ours, theirs)).toEqual(expected);
    expect(meet(theirs, ours)).toEqual(expected);
  });
});
