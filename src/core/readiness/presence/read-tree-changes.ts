import { readHunkHeader } from '../../risk/hunk-header.ts';
import type { ChangedFile, TextHunk } from './base-line.ts';
import type { LineTable } from './line-table.ts';

/** A file of more changed lines than this is known by its contents alone. */
const MOST_LINES = 5000;
const PAIR = /(?:^|\n)[0-9a-f]{40,64} [0-9a-f]{40,64}\n/g;

/**
 * Reads what `git diff-tree --stdin -r -M --raw -p -U0 -z --no-abbrev` says of pairs of trees, one list of files per pair.
 * The paths are those of the raw part; the patches follow it in the same order. Where git was cut off (`isWhole` false)
 * the last pair is left out.
 */
export function readTreeChanges(text: string, isWhole: boolean, table: LineTable): readonly (readonly ChangedFile[])[] {
  const starts = [...text.matchAll(PAIR)].map((match) => ({ from: match.index, at: match.index + match[0].length }));
  const pairs = starts.map(({ at }, index) => readPair(text.slice(at, starts[index + 1]?.from), table));
  return isWhole ? pairs : pairs.slice(0, -1);
}

function readPair(text: string, table: LineTable): readonly ChangedFile[] {
  const end = text.indexOf('\0\0');
  const raw = readRaw(end < 0 ? text : text.slice(0, end));
  return end < 0 ? raw : withHunks(raw, text.slice(end + 2), table);
}

interface RawFile extends ChangedFile {
  readonly isOtherType: boolean;
}

const RAW = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])/;

function readRaw(text: string): readonly RawFile[] {
  const tokens = text.split('\0');
  const files: RawFile[] = [];
  for (let at = 0; at < tokens.length; ) {
    const [, , , before, after, letter] = RAW.exec(tokens[at] ?? '') ?? [];
    const isPair = letter === 'R' || letter === 'C';
    const [first, second] = [tokens[at + 1], tokens[at + 2]];
    at += letter === undefined ? 1 : isPair ? 3 : 2;
    if (letter === undefined || first === undefined) continue;
    const ids = { before: idOf(before), after: idOf(after), hunks: null, isOtherType: letter === 'T' };
    files.push(isPair && second !== undefined ? { path: second, oldPath: first, ...ids } : { path: first, ...ids });
  }
  return files;
}

const idOf = (id: string | undefined): string | null => (id === undefined || /^0+$/.test(id) ? null : id);

/**
 * A change of type stands in the patch twice: taken out, and put in. Names stand unquoted in a patch; where one of them
 * looks like a header the counts differ, and then nothing of it is believed.
 */
function withHunks(raw: readonly RawFile[], patch: string, table: LineTable): readonly ChangedFile[] {
  const sections = sectionsOf(patch);
  const isEven = sections.length === raw.reduce((sum, { isOtherType }) => sum + (isOtherType ? 2 : 1), 0);
  let at = 0;
  return raw.map(({ isOtherType, ...file }) => {
    const count = isOtherType ? 2 : 1;
    const own = sections.slice(at, at + count);
    at += count;
    return { ...file, hunks: isEven ? readHunks(own.flat(), table) : null };
  });
}

/** A line of content begins with `+`, `-` or a backslash, so no content can look like a header. */
function sectionsOf(patch: string): readonly (readonly string[])[] {
  const sections: string[][] = [];
  for (const line of patch.split('\n')) {
    if (line.startsWith('diff --git ')) sections.push([]);
    else sections.at(-1)?.push(line);
  }
  return sections;
}

function readHunks(section: readonly string[], table: LineTable): readonly TextHunk[] | null {
  const hunks: { oldStart: number; newStart: number; removed: number[]; added: number[] }[] = [];
  let lines = 0;
  for (const line of section) {
    const hunk = hunks.at(-1);
    const header = readHunkHeader(line);
    if (header !== null) {
      hunks.push({ oldStart: header.oldStart, newStart: header.newStart, removed: [], added: [] });
    } else if (hunk === undefined) {
      if (line.startsWith('Binary files ')) return null;
    } else if (line.startsWith('-') || line.startsWith('+')) {
      lines += 1;
      if (lines > MOST_LINES) return null;
      (line.startsWith('-') ? hunk.removed : hunk.added).push(table.idOf(line.slice(1)));
    }
  }
  return hunks;
}
