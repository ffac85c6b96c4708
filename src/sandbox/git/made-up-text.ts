import { createHash } from 'node:crypto';

/** A world may name any number; nobody needs more to see that a file is long. */
const MOST_LINES = 20_000;

/** How many lines were taken away and added, and the hunks if the story tells them. */
export interface EditSize {
  readonly additions: number;
  readonly deletions: number;
  readonly patch?: string | null | undefined;
}

/**
 * A text of so many lines for a file whose story gives none: the added lines of its patch where there is one, else lines that
 * no other file or seed has. They are comments, so that whoever reads programs finds nothing in them.
 */
export function madeUpText(path: string, seed: string, { additions, patch }: EditSize): string {
  const told = patch == null ? [] : linesOfPatch(patch).flatMap((line) => (line[0] === '+' ? [line.slice(1)] : []));
  const lines = told.length > 0 ? told : madeUpLines(path, seed, additions);
  return textOf(lines);
}

/**
 * The text after an edit of that size: by the patch where it fits, else so many lines replaced at a place that the seed
 * chooses. A text that is too short loses what it has.
 */
export function editedText(
  before: string,
  { path, seed, size }: { path: string; seed: string; size: EditSize },
): string {
  const patched = size.patch == null ? null : patchedText(before, size.patch);
  if (patched !== null) return patched;
  const lines = linesOf(before);
  const removed = Math.min(size.deletions, lines.length);
  const at = Number.parseInt(hashOf(path, seed).slice(0, 8), 16) % (lines.length - removed + 1);
  return textOf(lines.toSpliced(at, removed, ...madeUpLines(path, seed, size.additions)));
}

/** The lines of a text, without a last empty one. */
export function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** The text of so many lines. */
export function textOf(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function madeUpLines(path: string, seed: string, count: number): readonly string[] {
  const comment = /\.(ya?ml|py|rb|sh|toml|md)$/.test(path) || !path.includes('.') ? '#' : '//';
  const mark = hashOf(path, seed).slice(0, 8);
  const length = Math.min(Math.max(count, 0), MOST_LINES);
  return Array.from({ length }, (_, index) => `${comment} ${mark} ${index + 1} of ${path}`);
}

const hashOf = (path: string, seed: string): string => createHash('sha1').update(`${path}\0${seed}`).digest('hex');

const linesOfPatch = (patch: string): readonly string[] =>
  patch.split('\n').filter((line) => !line.startsWith('@@') && !line.startsWith('\\'));

interface Hunk {
  /** Line of the text before, from 1. */
  readonly start: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Null where a hunk does not stand where it says. */
function patchedText(text: string, patch: string): string | null {
  const lines = [...linesOf(text)];
  for (const { start, before, after } of hunksOf(patch).toReversed()) {
    const at = Math.max(start - 1, 0);
    if (!before.every((line, index) => lines[at + index] === line)) return null;
    lines.splice(at, before.length, ...after);
  }
  return textOf(lines);
}

/** The hunks of a patch as GitHub shows it. */
export function hunksOf(patch: string): readonly Hunk[] {
  return patch.split(/^(?=@@)/m).flatMap((part) => {
    const [, start, count = '1'] = /^@@ -(\d+)(?:,(\d+))? /.exec(part) ?? [];
    if (start === undefined) return [];
    const lines = part
      .replace(/\n$/, '')
      .split('\n')
      .slice(1)
      .filter((line) => !line.startsWith('\\'));
    const keep = (signs: string) => lines.flatMap((line) => (signs.includes(line[0] ?? ' ') ? [line.slice(1)] : []));
    // A hunk that takes nothing away names the line after which it adds.
    const isPure = count === '0';
    return [{ start: Number(start) + (isPure ? 1 : 0), before: keep(' -'), after: keep(' +') }];
  });
}
