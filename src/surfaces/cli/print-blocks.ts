import stringWidth from 'string-width';
import type { View } from './view.ts';
import { wrapLines } from './wrap-lines.ts';

/** What of a table's column is told in a block. */
interface BlockColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly isHeading?: boolean;
}

const INDENT = '    ';
const BETWEEN = ' · ';

/** For a table that is too wide: of each row the naming cells in one line, below them the others with their titles. */
export function printBlocks<Row>(columns: readonly BlockColumn<Row>[], rows: readonly Row[], view: View): string {
  const headings = columns.filter(({ isHeading }) => isHeading);
  const others = columns.filter(({ isHeading }) => !isHeading);
  return rows
    .flatMap((row) => {
      const name = headings.map(({ cell }) => cell(row)).filter(isFilled);
      const facts = others
        .map(({ title, cell }) => ({ title, text: cell(row).replaceAll('\n', ', ') }))
        .filter(({ text }) => isFilled(text))
        .map(({ title, text }) => (title === '' ? text : `${view.colors.dim(title)} ${text}`));
      return [...wrapLines(name.length === 0 ? [] : [name.join('  ')], view.width), ...factLines(facts, view.width)];
    })
    .join('\n');
}

const isFilled = (text: string): boolean => text !== '';

/** As many facts in a line as fit, so that none is parted from its title; one that is wider than a line is wrapped. */
function factLines(facts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const fact of facts) {
    const longer = current === '' ? `${INDENT}${fact}` : `${current}${BETWEEN}${fact}`;
    if (current === '' || stringWidth(longer) <= width) current = longer;
    else {
      lines.push(current);
      current = `${INDENT}  ${fact}`;
    }
  }
  return wrapLines(current === '' ? lines : [...lines, current], width);
}
