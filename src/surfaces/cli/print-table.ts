import Table from 'cli-table3';
import stringWidth from 'string-width';
import { printBlocks } from './print-blocks.ts';
import type { View } from './view.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  /** May be made narrower, its text wrapped, when the table is wider than the view. */
  readonly canShrink?: boolean;
  /** Names the row where the table is told as blocks. */
  readonly isHeading?: boolean;
}

const GAP = 2;
const NARROWEST_COLUMN = 12;
/** Longer words are cut rather than kept whole. */
const LONGEST_WORD = 28;

/**
 * A borderless table with aligned columns, those that can shrink as narrow as the view needs. Columns that are empty in
 * every row are left out. Where even the narrowest columns do not fit, each row is a small block of lines instead.
 */
export function printTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], view: View): string {
  const { shown, natural, narrowest, least } = measure(columns, rows);
  if (least > view.width) return printBlocks(columns, rows, view);
  const widths = shrinkToFit(natural, narrowest, view.width - GAP * shown.length);
  const table = new Table({
    head: shown.map(({ column }) => view.colors.dim(column.title)),
    colWidths: widths.map((width) => width + GAP),
    colAligns: shown.map(({ column }) => column.align ?? 'left'),
    wordWrap: true,
    chars: WITHOUT_BORDERS,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': GAP },
  });
  for (const index of rows.keys()) table.push(shown.map(({ cells }) => cells[index] ?? ''));
  return withoutTrailingSpace(table.toString());
}

/** Whether it is a table in this view, and no blocks. */
export const fitsTable = <Row>(columns: readonly Column<Row>[], rows: readonly Row[], { width }: View): boolean =>
  measure(columns, rows).least <= width;

/** Whether it is a table in which no text has to be wrapped. */
export function fitsWithoutWrapping<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { width }: View,
): boolean {
  const { natural } = measure(columns, rows);
  return natural.reduce((sum, one) => sum + one + GAP, 0) <= width;
}

interface Measures<Row> {
  readonly shown: readonly { readonly column: Column<Row>; readonly cells: readonly string[] }[];
  /** Widths that no text has to be wrapped for. */
  readonly natural: readonly number[];
  readonly narrowest: readonly number[];
  /** Of the whole table. */
  readonly least: number;
}

function measure<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Measures<Row> {
  const shown = columns
    .map((column) => ({ column, cells: rows.map(column.cell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const natural = shown.map(({ column, cells }) => Math.max(...[column.title, ...cells].map(widthOf)));
  const narrowest = shown.map(({ column, cells }, index) => {
    return column.canShrink ? longestWord([column.title, ...cells]) : (natural[index] ?? 0);
  });
  const least = narrowest.reduce((sum, width) => sum + width + GAP, 0);
  return { shown, natural, narrowest, least };
}

function widthOf(text: string): number {
  return Math.max(...text.split('\n').map((line) => stringWidth(line)));
}

function longestWord(texts: readonly string[]): number {
  const words = texts.flatMap((text) => text.split(/\s+/));
  return Math.min(LONGEST_WORD, Math.max(NARROWEST_COLUMN, ...words.map(widthOf)));
}

/** Takes from the widest column that can still give, one character at a time, until the sum fits or nothing can. */
function shrinkToFit(natural: readonly number[], narrowest: readonly number[], available: number): number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) - available;
  for (; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [index, width] of widths.entries()) {
      if (width > (narrowest[index] ?? 0) && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

const withoutTrailingSpace = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');

const WITHOUT_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};
