import { describe, expect, test } from 'vitest';
import { filesSince } from '../../../src/core/risk/files-since.ts';
import type { Hunk, TouchedFile } from '../../../src/core/risk/touched-file.ts';

const hunk = (oldStart: number, digest: string): Hunk => ({
  ...{ oldStart, oldLines: 1, newStart: oldStart, newLines: 1 },
  digest,
});
const file = (path: string, hunks: TouchedFile['hunks'], rest: Partial<TouchedFile> = {}): TouchedFile => ({
  ...{ path, status: 'modified', hunks },
  ...rest,
});

const since = (own: TouchedFile, ...below: readonly TouchedFile[]) => filesSince([own], [below]).get(own);

describe('the files of a change since what it stands on', () => {
  test('are without the hunks of that, wherever lines above moved them', () => {
    const own = file('a.ts', [hunk(2, 'own'), { ...hunk(5, 'below'), newStart: 9 }]);
    expect(since(own, file('a.ts', [hunk(5, 'below')]))).toEqual(file('a.ts', [hunk(2, 'own')]));
  });

  test('are not its own where all is of that, renamed or deleted as well', () => {
    for (const rest of [{}, { status: 'renamed', oldPath: 'b.ts' }, { status: 'deleted' }] as const)
      expect(since(file('a.ts', [hunk(5, 'below')], rest), file('a.ts', [hunk(5, 'below')], rest))).toBeNull();
  });

  test('are followed to the name that the change gave them, which is its own', () => {
    const own = file('b.ts', [hunk(5, 'below')], { status: 'renamed', oldPath: 'a.ts' });
    expect(since(own, file('a.ts', [hunk(5, 'below')]))).toEqual({ ...own, hunks: [] });
  });

  test('stay whole where nobody below touches them, or nobody read their lines', () => {
    const own = file('a.ts', [hunk(5, 'own')]);
    expect(since(own, file('b.ts', [hunk(5, 'own')]))).toBe(own);
    const unread = file('a.ts', null);
    expect(since(unread, unread)).toBe(unread);
    const { digest, ...blind } = hunk(5, '');
    const undigested = file('a.ts', [blind]);
    expect([digest, since(undigested, undigested)]).toEqual(['', undigested]);
  });
});
