import type { FileStatus, TouchedFile } from './touched-file.ts';

const STATUSES: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  M: 'modified',
  D: 'deleted',
  R: 'renamed',
  C: 'copied',
  T: 'type_changed',
};

/** What one pair of trees differs in, in git's order. */
export interface TreeDiff {
  readonly from: string;
  readonly to: string;
  readonly files: readonly TouchedFile[];
}

/**
 * Reads what `git diff-tree --stdin -r -z --raw` says of pairs of trees: per pair a line with both, then its files, each as
 * `:modes ids status` and one or two paths. The files have no hunks yet. Stops where the text was cut off: a pair whose
 * end cannot be told from a cut is left out unless `isWhole`.
 */
export function readRawDiff(text: string, isWhole: boolean): readonly TreeDiff[] {
  const tokens = text.split('\0');
  const found: { from: string; to: string; files: TouchedFile[] }[] = [];
  for (let at = 0; at < tokens.length; ) {
    const lines = (tokens[at] ?? '').split('\n');
    for (const line of lines) {
      const [, from, to] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64})$/.exec(line) ?? [];
      if (from !== undefined && to !== undefined) found.push({ from, to, files: [] });
    }
    const letter = /^:\d+ \d+ [0-9a-f]+ [0-9a-f]+ ([A-Z])/.exec(lines.at(-1) ?? '')?.[1];
    const [first, second] = [tokens[at + 1], tokens[at + 2]];
    const isPair = letter === 'R' || letter === 'C';
    at += letter === undefined ? 1 : isPair ? 3 : 2;
    const file = letter === undefined ? null : fileOf(letter, first, isPair ? second : undefined);
    if (file !== null) found.at(-1)?.files.push(file);
  }
  return isWhole ? found : found.slice(0, -1);
}

function fileOf(letter: string, first: string | undefined, second: string | undefined): TouchedFile | null {
  const status = STATUSES[letter];
  if (status === undefined || first === undefined) return null;
  return second === undefined
    ? { path: first, status, hunks: null }
    : { path: second, oldPath: first, status, hunks: null };
}
