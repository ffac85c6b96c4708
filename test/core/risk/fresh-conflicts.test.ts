import { describe, expect, test } from 'vitest';
import { type FoundFile, freshConflicts, isUnchanged, risenConflicts } from '../../../src/core/risk/fresh-conflicts.ts';

const file = (path: string, blocks: number, rest: Partial<FoundFile> = {}): FoundFile => ({
  ...{ path, kind: 'content', ranges: [], blocks },
  ...rest,
});

describe('a file in which the same meets as before', () => {
  test('is unchanged, and one in which another blob does is not', () => {
    const before = file('f', 1, { stages: '100644 a 1 100644 b 2' });
    expect(isUnchanged('100644 a 1 100644 b 2', before)).toBe(true);
    expect(isUnchanged('100644 a 1 100644 c 2', before)).toBe(false);
  });

  test('is never one of which that is not known', () => {
    expect(isUnchanged('', file('f', 1, { stages: '' }))).toBe(false);
    expect(isUnchanged('100644 a 1', file('f', 1))).toBe(false);
    expect(isUnchanged('100644 a 1', undefined)).toBe(false);
  });
});

test('what rose is new or conflicts in more places, and leaves the fresh conflicts as they are', () => {
  const before = [file('same', 2), file('more', 1), file('fewer', 3), file('made.lock', 1)];
  const after = [file('same', 2), file('more', 2), file('fewer', 1), file('new', 0), file('made.lock', 4)];
  const risen = risenConflicts(after, before);
  expect(risen.map(({ path }) => path)).toEqual(['more', 'new', 'made.lock']);
  const isRegenerated = (path: string): boolean => path.endsWith('.lock');
  const fresh = freshConflicts(after, before, isRegenerated);
  expect(fresh.map(({ path }) => path)).toEqual(['more', 'new']);
  expect(freshConflicts(risen, before, isRegenerated)).toEqual(fresh);
});
