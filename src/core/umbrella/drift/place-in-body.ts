import type { TextBlock } from '../../markdown-blocks.ts';

/** Where something stands in a body. */
export interface BodyPlace {
  /** From 1. */
  readonly line: number;
  /** From 0. */
  readonly column: number;
}

/** Why there is no edit of something whose place in the body is in doubt. */
export const NO_PLACE = 'its place in the text is in doubt, so a person has to edit it';

export const linesOf = (body: string): readonly string[] => body.split(/\r\n|\r|\n/);

/** Where in the body a place of a block's source stands; null where the line does not hold it as it was read, such as behind a tab. */
export function placeInBody(
  { source, line }: Pick<TextBlock, 'source' | 'line'>,
  at: number,
  lines: readonly string[],
): BodyPlace | null {
  const start = source.lastIndexOf('\n', at - 1) + 1;
  const [read = ''] = source.slice(start).split('\n', 1);
  const number = line + countLineEnds(source, start);
  const column = columnOf(read.trim(), lines[number - 1] ?? '');
  const offset = at - start - (read.length - read.trimStart().length);
  return column === null || offset < 0 ? null : { line: number, column: column + offset };
}

/** Signs of lists and indentation stand in front of what is read; of a heading, signs may stand behind it, too. */
function columnOf(read: string, line: string): number | null {
  const written = line.trimEnd();
  if (written.endsWith(read)) return written.length - read.length;
  const column = written.indexOf(read);
  return column >= 0 && column === written.lastIndexOf(read) ? column : null;
}

function countLineEnds(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
