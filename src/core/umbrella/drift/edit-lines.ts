/** A replacement inside one line of a text, or a new line. */
export interface LineEdit {
  /** From 1. */
  readonly line: number;
  /** What gives way and where in the line it stands, from 0; null: a new line is put behind this one. */
  readonly replaces: { readonly column: number; readonly text: string } | null;
  readonly put: string;
}

/** The text with its edits; every other character, line ends included, stays as it was. An edit that fits no more is left out. */
export function editLines(text: string, edits: readonly LineEdit[]): string {
  const lines = text.split(/(?<=\n)|(?<=\r)(?!\n)/);
  const ending = lines.map(endOf).find((end) => end !== '') ?? '\n';
  const at = (number: number): readonly LineEdit[] => edits.filter(({ line }) => line === number);
  return lines.map((line, index) => editLine(line, at(index + 1), ending)).join('');
}

function editLine(line: string, edits: readonly LineEdit[], ending: string): string {
  const end = endOf(line);
  let content = line.slice(0, line.length - end.length);
  // From the last one on, so that no column moves before its turn.
  const columnOf = ({ replaces }: LineEdit): number => replaces?.column ?? 0;
  for (const { replaces, put } of edits.toSorted((a, b) => columnOf(b) - columnOf(a))) {
    if (replaces === null || !content.startsWith(replaces.text, replaces.column)) continue;
    content = content.slice(0, replaces.column) + put + content.slice(replaces.column + replaces.text.length);
  }
  const added = edits.filter(({ replaces }) => replaces === null).map(({ put }) => put);
  return [content, ...added].join(ending) + end;
}

const endOf = (line: string): string => /\r?\n$|\r$/.exec(line)?.[0] ?? '';
