import pc from 'picocolors';
import { expect, test } from 'vitest';
import { printBlocks } from '../../../src/surfaces/cli/print-blocks.ts';
import type { Column } from '../../../src/surfaces/cli/print-table.ts';

interface Row {
  readonly name: string;
  readonly wait: string;
  readonly note: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { title: 'Name', cell: ({ name }) => name, isHeading: true },
  { title: 'Half in', cell: ({ wait }) => wait },
  { title: '95 % in', cell: ({ wait }) => wait },
  { title: '', cell: ({ note }) => note },
];

const print = (rows: readonly Row[], width: number): readonly string[] =>
  printBlocks(COLUMNS, rows, { colors: pc.createColors(false), width }).split('\n');

test('each row is its name, and below it what is not empty with its title', () => {
  const rows = [
    { name: 'kim', wait: '4 h', note: 'a\nb' },
    { name: 'noor', wait: '', note: '' },
  ];
  expect(print(rows, 60)).toEqual(['kim', '    Half in 4 h · 95 % in 4 h · a, b', 'noor']);
});

test('a line breaks between facts and never within one, but for one that is wider than a line', () => {
  const long = { name: 'kim', wait: '4 h', note: 'some words about all that was done here' };
  expect(print([long], 30)).toEqual([
    'kim',
    '    Half in 4 h · 95 % in 4 h',
    '      some words about all',
    '        that was done here',
  ]);
  expect(print([{ ...long, note: '' }], 29)).toEqual(['kim', '    Half in 4 h · 95 % in 4 h']);
  expect(print([{ ...long, note: '' }], 28)).toEqual(['kim', '    Half in 4 h', '      95 % in 4 h']);
});

test('a row without a name is told by what it has', () => {
  expect(print([{ name: '', wait: '4 h', note: '' }], 60)).toEqual(['    Half in 4 h · 95 % in 4 h']);
});
