import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { hunksOfPatch } from '../../../src/core/risk/hunks-of-patch.ts';

/** Without what stands for their text. */
const placesOf = (patch: Parameters<typeof hunksOfPatch>[0]) =>
  hunksOfPatch(patch)?.map(({ digest, ...place }) => place) ?? null;

test('the same lines put in have one digest, others another', () => {
  const digestOf = (line: string) =>
    hunksOfPatch({ text: `@@ -1 +1 @@\n-a\n+${line}`, additions: 1, deletions: 1 })?.[0]?.digest;
  const [first, again, other] = ['b', 'b', 'c'].map(digestOf);
  expect(first).toEqual(expect.any(String));
  expect([first === again, first === other]).toEqual([true, false]);
});

describe('changed places of a patch', () => {
  it('are told without the context around them', () => {
    const text = [
      '@@ -9,7 +9,8 @@ function a()',
      ' 9',
      ' 10',
      '-11',
      '+eleven',
      '+more',
      ' 12',
      ' 13',
      '-14',
      '+x',
      ' 15',
    ].join('\n');
    expect(placesOf({ text, additions: 3, deletions: 2 })).toEqual([
      { oldStart: 11, oldLines: 1, newStart: 11, newLines: 2 },
      { oldStart: 14, oldLines: 1, newStart: 15, newLines: 1 },
    ]);
  });

  it('name the line before them where a side has none', () => {
    expect(placesOf({ text: '@@ -2,2 +2,3 @@\n 2\n+new\n 3', additions: 1, deletions: 0 })).toEqual([
      { oldStart: 2, oldLines: 0, newStart: 3, newLines: 1 },
    ]);
    expect(placesOf({ text: '@@ -5 +4,0 @@\n-five', additions: 0, deletions: 1 })).toEqual([
      { oldStart: 5, oldLines: 1, newStart: 4, newLines: 0 },
    ]);
  });

  it('of a new file begin at its first line', () => {
    const text = '@@ -0,0 +1,2 @@\n+one\n+two\n\\ No newline at end of file';
    expect(placesOf({ text, additions: 2, deletions: 0 })).toEqual([
      { oldStart: 0, oldLines: 0, newStart: 1, newLines: 2 },
    ]);
  });

  it('are unknown where the patch was cut short or is none', () => {
    expect(placesOf({ text: '@@ -1 +1 @@\n-a\n+b', additions: 2, deletions: 1 })).toBeNull();
    expect(placesOf({ text: 'Binary files differ', additions: 0, deletions: 0 })).toBeNull();
  });

  it('take a line that looks like a header for text when its sign says so', () => {
    const text = '@@ -1,2 +1,2 @@\n-@@ -9 +9 @@\n+@@ -8 +8 @@\n same';
    expect(placesOf({ text, additions: 1, deletions: 1 })).toEqual([
      { oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 },
    ]);
  });
});

test('hunks come in order, apart from each other, and hold as many lines as the patch', () => {
  const signs = fc.array(fc.constantFrom(' ', '+', '-'), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(signs, fc.integer({ min: 1, max: 500 }), (lines, start) => {
      const additions = lines.filter((sign) => sign === '+').length;
      const deletions = lines.filter((sign) => sign === '-').length;
      const header = `@@ -${start},${lines.length - additions} +${start},${lines.length - deletions} @@`;
      // A hunk whose one side is empty is numbered otherwise; git writes none with context then.
      fc.pre(additions < lines.length && deletions < lines.length);
      const hunks = hunksOfPatch({
        text: [header, ...lines.map((sign) => `${sign}x`)].join('\n'),
        additions,
        deletions,
      });
      const ends = (hunks ?? []).map(
        ({ oldStart, oldLines }) => [oldLines === 0 ? oldStart + 1 : oldStart, oldLines] as const,
      );
      expect(hunks?.reduce((total, { newLines }) => total + newLines, 0)).toBe(additions);
      expect(hunks?.reduce((total, { oldLines }) => total + oldLines, 0)).toBe(deletions);
      for (const [at, [first]] of ends.entries()) {
        const before = ends[at - 1];
        if (before !== undefined) expect(first).toBeGreaterThan(before[0] + before[1] - 1);
      }
    }),
  );
});
