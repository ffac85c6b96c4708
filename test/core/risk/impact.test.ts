import { describe, expect, test } from 'vitest';
import { assessImpact, type ImpactFacts } from '../../../src/core/risk/impact.ts';
import type { TouchedFile } from '../../../src/core/risk/touched-file.ts';

const modified = (path: string, oldLines: number, newLines: number): TouchedFile => ({
  path,
  status: 'modified',
  hunks: [{ oldStart: 1, oldLines, newStart: 1, newLines }],
});

const facts = (rest: Partial<ImpactFacts>): ImpactFacts => ({
  files: [modified('src/a.ts', 3, 7), modified('package-lock.json', 900, 900)],
  dependents: null,
  isRegenerated: (path) => path.endsWith('.json'),
  ...rest,
});

describe('the impact of redoing a change', () => {
  test('is its lines in the files in which it meets others, without what is made anew', () => {
    expect(assessImpact(facts({}))).toEqual({
      weight: 10,
      lines: 10,
      uncounted: [],
      factors: [{ what: '10 lines of `src/a.ts` to redo', path: 'src/a.ts', count: 10 }],
    });
  });

  test('grows by a tenth with every doubling of the files that depend on them', () => {
    expect(assessImpact(facts({ dependents: new Map([['src/a.ts', 31]]) }))).toEqual({
      weight: 15,
      lines: 10,
      uncounted: [],
      factors: [
        { what: '31 files depend on `src/a.ts`', path: 'src/a.ts', count: 31 },
        { what: '10 lines of `src/a.ts` to redo', path: 'src/a.ts', count: 10 },
      ],
    });
  });

  test('counts a file that shows no lines as one, and says so', () => {
    const logo: TouchedFile = { path: 'logo.png', status: 'modified', hunks: null };
    expect(assessImpact(facts({ files: [logo] }))).toEqual({
      weight: 1,
      lines: 1,
      uncounted: ['logo.png'],
      factors: [{ what: 'the lines of `logo.png` are not known', path: 'logo.png', count: 1 }],
    });
  });

  test('knows a renamed file by both of its names', () => {
    const moved: TouchedFile = { path: 'src/new.ts', oldPath: 'src/old.ts', status: 'renamed', hunks: [] };
    const dependents = new Map([['src/old.ts', 1]]);
    expect(assessImpact(facts({ files: [moved], dependents }))).toEqual({
      weight: 1.1,
      lines: 1,
      uncounted: [],
      factors: [
        { what: '1 line of `src/new.ts` to redo', path: 'src/new.ts', count: 1 },
        { what: '1 file depends on `src/new.ts`', path: 'src/new.ts', count: 1 },
      ],
    });
  });

  test('knows a file by the name that the base gave it', () => {
    const renamed: TouchedFile = { ...modified('src/f.ts', 1, 1), basePath: 'src/g.ts' };
    const impact = assessImpact(facts({ files: [renamed], dependents: new Map([['src/g.ts', 3]]) }));
    expect(impact).toMatchObject({ lines: 2, weight: 2.4 });
  });

  test('weighs as little as any where it meets nobody', () => {
    expect(assessImpact(facts({ files: [] }))).toEqual({ weight: 1, lines: 0, uncounted: [], factors: [] });
  });
});
