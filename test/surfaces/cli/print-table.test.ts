import pc from 'picocolors';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { type Column, printTable } from '../../../src/surfaces/cli/print-table.ts';

interface Row {
  readonly name: string;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Name', cell: ({ name }) => name, canShrink: true },
  { title: 'Note', cell: ({ note }) => note },
];

const print = (rows: readonly Row[], width = 60): readonly string[] =>
  printTable(COLUMNS, rows, { colors: pc.createColors(false), width }).split('\n');

describe('printTable', () => {
  test('aligns columns under their titles, without borders or trailing space', () => {
    expect(print([row('kim', 'x'), row('lena', 'y')])).toEqual(['Name  Note', 'kim   x', 'lena  y']);
  });

  test.each(['日本語テスト', '🚀 liftoff', 'é and e\u0301', '█░░░', '👍🏽 good'])(
    'keeps the next column in line after %s',
    (name) => {
      const lines = print([row(name, '|'), row('a plain name', '|')]);
      const starts = lines.slice(1).map((line) => stringWidth(line.slice(0, line.indexOf('|'))));
      expect(new Set(starts).size).toBe(1);
    },
  );

  test('wraps the columns that may shrink when the view is narrow, and stays inside it', () => {
    const lines = print([row('a rather long name that wraps at words', 'short')], 30);
    expect(lines).toEqual(['Name                   Note', 'a rather long name     short', 'that wraps at words']);
  });

  test('cuts a word that is too long for any column', () => {
    const lines = print([row('x'.repeat(200), 'short')], 40);
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(40);
  });

  test('leaves out a column that is empty in every row', () => {
    expect(print([row('kim', ''), row('lena', '')])).toEqual(['Name', 'kim', 'lena']);
  });

  test('aligns numbers to the right', () => {
    const columns: Column<string>[] = [{ title: 'Done', cell: (text) => text, align: 'right' }];
    const table = printTable(columns, ['1/2', '10/12'], { colors: pc.createColors(false), width: 60 });
    expect(table.split('\n')).toEqual([' Done', '  1/2', '10/12']);
  });
});

const row = (name: string, note: string): Row => ({ name, note });
