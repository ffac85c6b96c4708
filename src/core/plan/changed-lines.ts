export interface ChangedLine {
  readonly sign: '-' | '+';
  readonly text: string;
}

/** Lines of the two middles together, beyond which they are told as wholly replaced: comparing takes their product. */
const MOST_COMPARED = 4_000;

const LINE_END = /\r\n|\r|\n/;

/** The lines that one text has and the other has not, in order, each removal before what stands in its place. Line ends do not count. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const [old, fresh] = [before.split(LINE_END), after.split(LINE_END)];
  let start = 0;
  while (start < old.length && start < fresh.length && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < Math.min(old.length, fresh.length) - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return compare(old.slice(start, old.length - end), fresh.slice(start, fresh.length - end));
}

function compare(old: readonly string[], fresh: readonly string[]): readonly ChangedLine[] {
  const isLong = old.length + fresh.length > MOST_COMPARED;
  const kept = isLong ? [] : commonLengths(old, fresh);
  const lengthAt = (i: number, j: number): number => kept[i]?.[j] ?? 0;
  const removed: ChangedLine[] = [];
  const added: ChangedLine[] = [];
  const told: ChangedLine[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [left, right] = [old[i], fresh[j]];
    if (!isLong && left !== undefined && left === right) {
      told.push(...removed.splice(0), ...added.splice(0));
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      removed.push({ sign: '-', text: left });
      i += 1;
    } else {
      added.push({ sign: '+', text: right ?? '' });
      j += 1;
    }
  }
  return [...told, ...removed, ...added];
}

/** By the places from which on they are counted: how many lines the rests have in common, in order. */
function commonLengths(old: readonly string[], fresh: readonly string[]): readonly Uint16Array[] {
  const rows = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      const below = rows[i + 1] ?? new Uint16Array();
      const row = rows[i] ?? new Uint16Array();
      row[j] = old[i] === fresh[j] ? (below[j + 1] ?? 0) + 1 : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  return rows;
}
