/** A replacement inside one line of a text. */
export interface LineEdit {
  /** From 1. */
  readonly line: number;
  /** The first place of it in the line is replaced; null: a new line is put behind this one. */
  readonly find: string | null;
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
  for (const { find, put } of edits) {
    const at = find === null ? -1 : content.indexOf(find);
    if (find !== null && at >= 0) content = content.slice(0, at) + put + content.slice(at + find.length);
  }
  const added = edits.filter(({ find }) => find === null).map(({ put }) => put);
  return [content, ...added].join(ending) + end;
}

const endOf = (line: string): string => /\r?\n$|\r$/.exec(line)?.[0] ?? '';
