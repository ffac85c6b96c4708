import { describe, expect, test } from 'vitest';
import { conflictKinds } from '../../../src/core/risk/conflict-kinds.ts';
import { conflictRanges } from '../../../src/core/risk/conflict-ranges.ts';
import { hunksOfPatch } from '../../../src/core/risk/hunks-of-patch.ts';
import { withHunks } from '../../../src/core/risk/read-hunks.ts';
import { readMergeResults } from '../../../src/core/risk/read-merge-results.ts';
import { readRawDiff } from '../../../src/core/risk/read-raw-diff.ts';

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(40)) as [string, string, string, string];
const raw = (status: string): string => `:100644 100644 ${A} ${B} ${status}`;

describe('a raw diff', () => {
  const text = `${A} ${B}\n${raw('M')}\0a b\0${raw('R087')}\0old\nname\0new\0${A} ${A}\n${C} ${D}\n${raw('D')}\0:100644\0`;

  test('gives each pair of trees its files, whatever stands in their names, and an equal pair none', () => {
    expect(readRawDiff(text, true)).toEqual([
      {
        from: A,
        to: B,
        files: [
          { path: 'a b', status: 'modified', hunks: null },
          { path: 'new', oldPath: 'old\nname', status: 'renamed', hunks: null },
        ],
      },
      { from: A, to: A, files: [] },
      { from: C, to: D, files: [{ path: ':100644', status: 'deleted', hunks: null }] },
    ]);
  });

  test('that may be cut off loses its last pair', () => {
    expect(readRawDiff(text, false).map(({ from }) => from)).toEqual([A, A]);
    expect(readRawDiff('', false)).toEqual([]);
  });
});

describe('a patch', () => {
  const patch = [
    ...[
      'diff --git "a/x" "b/x"',
      '--- "a/x"',
      '+++ "b/x"',
      '@@ -3 +3,2 @@ fn',
      '-old',
      '+diff --git a/x b/x',
      '+@@ -1 +1 @@',
    ],
    ...['@@ -9,0 +11 @@', '+new', '\\ No newline at end of file'],
    ...['diff --git a/bin b/bin', 'Binary files a/bin and b/bin differ'],
    ...[
      'diff --git a/t b/t',
      'deleted file mode 100644',
      '@@ -1,2 +0,0 @@',
      '-1',
      '-2',
      'diff --git a/t b/t',
      'new file mode 120000',
    ],
    ...['@@ -0,0 +1 @@', '+to', 'diff --git a/m b/m', 'old mode 100644', 'new mode 100755'],
  ].join('\n');
  const file = (path: string, status: 'modified' | 'type_changed' = 'modified') => ({ path, status, hunks: null });

  test('gives its hunks to the files of the raw diff, by their order', () => {
    const files = withHunks([file('x'), file('bin'), file('t', 'type_changed'), file('m')], patch);
    expect(files.map(({ path, hunks }) => [path, hunks?.map(({ digest, ...place }) => place) ?? null])).toEqual([
      [
        'x',
        [
          { oldStart: 3, oldLines: 1, newStart: 3, newLines: 2 },
          { oldStart: 9, oldLines: 0, newStart: 11, newLines: 1 },
        ],
      ],
      ['bin', null],
      [
        't',
        [
          { oldStart: 1, oldLines: 2, newStart: 0, newLines: 0 },
          { oldStart: 0, oldLines: 0, newStart: 1, newLines: 1 },
        ],
      ],
      ['m', []],
    ]);
  });

  test('gives lines put in the digest that they have in a patch of GitHub', () => {
    const lines = ['-old', '+new', '+++ more'];
    const theirs = hunksOfPatch({ text: ['@@ -3 +3,2 @@', ...lines].join('\n'), additions: 2, deletions: 1 });
    const patchOf = (some: readonly string[]) =>
      ['diff --git a/x b/x', '--- a/x', '+++ b/x', '@@ -3 +3,2 @@', ...some].join('\n');
    const [whole, other, cut] = [lines, ['-old', '+new', '+less'], lines.slice(0, 2)].map(
      (some) => withHunks([file('x')], patchOf(some))[0]?.hunks,
    );
    expect(whole).toEqual(theirs);
    expect([other?.[0]?.digest === whole?.[0]?.digest, cut?.[0]?.digest]).toEqual([false, undefined]);
  });

  test('that ends too early leaves the rest without', () => {
    expect(withHunks([file('x'), file('y')], 'diff --git a/x b/x\n@@ -1 +1 @@').map(({ hunks }) => hunks)).toEqual([
      [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1 }],
      null,
    ]);
  });
});

describe('the answers of git merge-tree', () => {
  const entry = (stage: number, path: string): string => `100644 ${C} ${stage}\t${path}`;
  const conflict = ['0', B, entry(1, 'f\ng'), entry(2, 'f\ng'), '', '1', 'f\ng', 'Auto-merging', 'Auto-merging f'];
  const told = ['1', 'f\ng', 'CONFLICT (contents)', 'CONFLICT (content): Merge conflict in f'];
  const text = [...['1', A, ''], ...conflict, ...told, '', '0', C, '', ''].join('\0');
  const [clean, content, split] = [
    { isClean: true, tree: A, unmerged: [], messages: [] },
    {
      isClean: false,
      tree: B,
      unmerged: [{ path: 'f\ng', stages: `100644 ${C} 1 100644 ${C} 2` }],
      messages: [
        { type: 'Auto-merging', paths: ['f\ng'] },
        { type: 'CONFLICT (contents)', paths: ['f\ng'] },
      ],
    },
    { isClean: false, tree: C, unmerged: [], messages: [] },
  ];

  test('are 1 for clean and 0 for a conflict with its files and messages', () => {
    expect(readMergeResults(`${text}\0`)).toEqual([clean, content, split]);
  });

  test('end where they are cut off', () => {
    const lengths = Array.from({ length: text.length }, (_, length) => readMergeResults(text.slice(0, length)).length);
    expect(lengths).toEqual([...lengths].sort());
    expect(readMergeResults(text.slice(0, -4))).toEqual([clean, content]);
    expect(readMergeResults(text.slice(0, text.indexOf('CONFLICT (content):')))).toEqual([clean]);
    expect(readMergeResults('fatal: no')).toEqual([]);
  });

  test('go on after advice on submodules, which stands between the fields', () => {
    const advice = `${[...conflict, ...told, 'Recursive merging with submodules\n', '1', A, ''].join('\0')}\0`;
    expect(readMergeResults(advice)).toEqual([content, clean]);
  });
});

describe('the kind of a conflict', () => {
  const merged = (unmerged: readonly string[], messages: readonly (readonly [string, ...string[]])[]) => ({
    ...{ isClean: false, tree: A, unmerged: unmerged.map((path) => ({ path, stages: path })) },
    messages: messages.map(([type, ...paths]) => ({ type, paths })),
  });

  test.each([
    ['CONFLICT (contents)', 'content'],
    ['CONFLICT (modify/delete)', 'modify/delete'],
    ['CONFLICT (directory rename suggested)', 'file location'],
    ['CONFLICT (submodule not initialized)', 'submodule'],
    ['CONFLICT(directory rename unclear split)', 'directory rename split'],
    ['CONFLICT(directory rename collision)', 'directory rename collision'],
  ])('%s is %s', (type, kind) => {
    expect(conflictKinds(merged(['f'], [[type, 'f']]), [])).toEqual([{ path: 'f', kind, stages: 'f' }]);
  });

  test('of several is the first that is not plain content', () => {
    const messages = [
      ['Auto-merging', 'f'],
      ['CONFLICT (contents)', 'f'],
      ['CONFLICT (rename/rename)', 'f', 'g'],
    ] as const;
    expect(conflictKinds(merged(['f'], messages), [])).toEqual([{ path: 'f', kind: 'rename/rename', stages: 'f' }]);
  });

  test('stands with the own path of a file that was laid beside a folder', () => {
    const beside = merged([`f~${B}`, `g~${C}`], [['CONFLICT (file/directory)', `f~${B}`, 'f']]);
    expect(conflictKinds(beside, [A, B])).toEqual([
      { path: 'f', kind: 'file/directory', stages: `f~${B}` },
      { path: `g~${C}`, kind: 'content', stages: `g~${C}` },
    ]);
  });

  test('stands with the paths that git names where no file is unmerged', () => {
    expect(conflictKinds(merged([], [['CONFLICT(directory rename unclear split)', 'd']]), [])).toEqual([
      { path: 'd', kind: 'directory rename split', stages: '' },
    ]);
  });
});

describe('the lines of a conflict', () => {
  const text = [
    '1',
    `<<<<<<< ${A}`,
    'x',
    '=======',
    'y',
    `>>>>>>> ${B}`,
    '7',
    `<<<<<<< ${A}:old name\r`,
    '=======',
    `>>>>>>> ${B}:f\r`,
  ];

  test('go from marker to marker', () => {
    expect(conflictRanges(text.join('\n'), A, B)).toEqual([
      { from: 2, to: 6 },
      { from: 8, to: 10 },
    ]);
  });

  test('are none where a file only talks of conflicts', () => {
    expect(conflictRanges(text.join('\n'), C, D)).toEqual([]);
    expect(conflictRanges(`>>>>>>> ${B}\n<<<<<<< ${A}`, A, B)).toEqual([]);
  });
});
