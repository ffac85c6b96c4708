import { linesOf, textOf } from './made-up-text.ts';

/**
 * Does to `current` what was done to `before` to make it `after`: one replaced run of lines, found again wherever it stands
 * now. Where the run has changed meanwhile, those of its lines that are left go and the new ones come after the line that
 * stood before them.
 */
export function redoEdit({ before, after, current }: Record<'before' | 'after' | 'current', string>): string {
  if (current === before) return after;
  const edit = editOf(linesOf(before), linesOf(after));
  const lines = linesOf(current);
  const at = placeOf(lines, edit);
  if (at !== null) return textOf(lines.toSpliced(at, edit.removed.length, ...edit.added));
  const gone = new Set(edit.removed);
  const rest = lines.filter((line) => !gone.has(line));
  const anchor = edit.anchor === undefined ? -1 : rest.lastIndexOf(edit.anchor);
  return textOf(rest.toSpliced(anchor + 1, 0, ...edit.added));
}

interface Edit {
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** The line before it. */
  readonly anchor: string | undefined;
}

function editOf(before: readonly string[], after: readonly string[]): Edit {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const part = (lines: readonly string[]) => lines.slice(start, lines.length - end);
  return { at: start, removed: part(before), added: part(after), anchor: before[start - 1] };
}

/** Where the removed lines stand now, nearest to where they stood; null: nowhere as a whole. */
function placeOf(lines: readonly string[], { at, removed, anchor }: Edit): number | null {
  const places =
    removed.length > 0
      ? lines.flatMap((_, index) => (removed.every((line, step) => lines[index + step] === line) ? [index] : []))
      : anchor === undefined
        ? [0]
        : lines.flatMap((line, index) => (line === anchor ? [index + 1] : []));
  const [nearest] = places.toSorted((one, other) => Math.abs(one - at) - Math.abs(other - at));
  return nearest ?? null;
}
