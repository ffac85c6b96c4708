import { byteLength } from '../src/core/umbrella/fit-lines.ts';

interface MarkdownLimit {
  readonly maxBytes: number;
  /** Said at the end of a text that was cut. */
  readonly note: (shown: number, all: number) => string;
}

/** The text, or its first whole lines with a note of how many there are; fences and folds that were open are closed. */
export function fitMarkdown(text: string, { maxBytes, note }: MarkdownLimit): string {
  if (byteLength(text) <= maxBytes) return text;
  const lines = text.split('\n');
  const room = maxBytes - byteLength(note(lines.length, lines.length)) - CLOSING_ROOM;
  const kept: string[] = [];
  let used = 0;
  for (const line of lines) {
    used += byteLength(line) + 1;
    if (used > room) break;
    kept.push(line);
  }
  return [...kept, ...closingOf(kept), '', note(kept.length, lines.length), ''].join('\n');
}

const DEEPEST_FOLD = 20;
const CLOSING_ROOM = 10 + DEEPEST_FOLD * '</details>\n'.length;

function closingOf(lines: readonly string[]): readonly string[] {
  let fence: string | null = null;
  let folds = 0;
  for (const line of lines) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? null;
    if (mark !== null) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
    else if (fence === null) folds += count(line, '<details') - count(line, '</details>');
  }
  const ends = Array.from({ length: Math.max(0, Math.min(folds, DEEPEST_FOLD)) }, () => '</details>');
  return [...(fence === null ? [] : [fence]), ...(ends.length === 0 ? [] : ['', ...ends])];
}

const count = (line: string, part: string): number => line.split(part).length - 1;
