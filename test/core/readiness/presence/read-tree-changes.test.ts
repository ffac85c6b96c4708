import { describe, expect, test } from 'vitest';
import { lineTable } from '../../../../src/core/readiness/presence/line-table.ts';
import { readTreeChanges } from '../../../../src/core/readiness/presence/read-tree-changes.ts';

const [A, B] = ['a'.repeat(40), 'b'.repeat(40)];
const NONE = '0'.repeat(40);
const header = `${A} ${B}\n`;
const raw = (letter: string, paths: readonly string[], from = A, to = B): string =>
  `:100644 100644 ${from} ${to} ${letter}\0${paths.map((path) => `${path}\0`).join('')}`;
const patch = (...lines: readonly string[]): string =>
  `diff --git a/x b/x\n${lines.map((line) => `${line}\n`).join('')}`;

const read = (text: string, isWhole = true) => {
  const table = lineTable();
  const told = ['old line', 'new line'].map(table.idOf);
  return { files: readTreeChanges(text, isWhole, table), told };
};

describe('what git says of pairs of trees', () => {
  test('is files with the lines of their places, in the order of the questions', () => {
    const text = `${header}${raw('M', ['x'])}\0${patch('@@ -3 +4,2 @@', '-old line', '+new line', '+}')}${header}`;
    const { files, told } = read(text);
    expect(files).toEqual([
      [
        {
          ...{ path: 'x', before: A, after: B },
          hunks: [{ oldStart: 3, newStart: 4, removed: [told[0]], added: [told[1], 0] }],
        },
      ],
      [],
    ]);
  });

  test('names renamed, new and deleted files, and has no lines of binary ones', () => {
    const parts = [
      raw('R090', ['old', 'new']),
      raw('A', ['added'], NONE),
      raw('D', ['gone'], A, NONE),
      raw('M', ['bin']),
    ];
    const patches = [patch('@@ -1 +1 @@', '-old line', '+new line'), patch(), patch(), patch('Binary files differ')];
    const { files } = read(`${header}${parts.join('')}\0${patches.join('')}`);
    expect(files[0]?.map(({ hunks, ...file }) => ({ ...file, places: hunks?.length ?? null }))).toEqual([
      { path: 'new', oldPath: 'old', before: A, after: B, places: 1 },
      { path: 'added', before: null, after: B, places: 0 },
      { path: 'gone', before: A, after: null, places: 0 },
      { path: 'bin', before: A, after: B, places: null },
    ]);
  });

  test('is believed of no file where a name looks like a header', () => {
    const text = `${header}${raw('M', ['x\ndiff --git y'])}\0diff --git a/x\ndiff --git y b/x\n@@ -1 +1 @@\n-old line\n`;
    expect(read(text).files[0]?.map(({ hunks }) => hunks)).toEqual([null]);
  });

  test('keeps its order where content looks like a header', () => {
    const text = `${header}${raw('M', ['x'])}\0${patch('@@ -0,0 +1 @@', '+a\rdiff --git a/y b/y', `+${A} ${B}`)}`;
    expect(read(text).files.map((files) => files.map(({ hunks }) => hunks?.[0]?.added.length))).toEqual([[2]]);
  });

  test('leaves out the last pair where it was cut off', () => {
    expect(
      read(`${header}${raw('M', ['x'])}\0${patch('@@ -1 +1 @@')}${header}${raw('M', ['y'])}`, false).files,
    ).toHaveLength(1);
  });

  test('has no lines of a file with more of them than anybody wrote', () => {
    const lines = Array.from({ length: 5001 }, (_, index) => `+generated ${index}`);
    expect(read(`${header}${raw('M', ['x'])}\0${patch('@@ -0,0 +1,5001 @@', ...lines)}`).files[0]?.[0]?.hunks).toBe(
      null,
    );
  });
});

test('lines are the same without the spaces around them, and say nothing with fewer than four letters', () => {
  const { idOf } = lineTable();
  expect([idOf('  call();'), idOf('call();\r'), idOf('call(1);'), idOf('}'), idOf(''), idOf('end')]).toEqual([
    1, 1, 2, 0, 0, 0,
  ]);
});

test('long lines that begin alike are the same only where they are as long', () => {
  const { idOf } = lineTable();
  expect(new Set([idOf('x'.repeat(500)), idOf('x'.repeat(501)), idOf('x'.repeat(500))]).size).toBe(2);
});
