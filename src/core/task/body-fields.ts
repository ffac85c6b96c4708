import { parseIssue } from '@github/issue-parser';
import { proseOf } from '../markdown.ts';
import { readTextBlocks } from '../markdown-blocks.ts';

/** The parts of a body in which a field can stand; code, quotes and HTML comments are none. */
interface BodyFields {
  /** Headings of an issue form with their answers, in order. */
  readonly sections: readonly FormSection[];
  /** `Field: value` lines by `fieldKey`, the first that has a value. */
  readonly lines: ReadonlyMap<string, string>;
  readonly boxes: readonly Checkbox[];
}

interface FormSection {
  readonly key: string;
  /** Empty when the question was left open. */
  readonly answer: string;
  readonly boxes: readonly Checkbox[];
}

export interface Checkbox {
  /** Its text, as `fieldKey` writes it. */
  readonly key: string;
  readonly isTicked: boolean;
}

const read = new WeakMap<object, BodyFields>();

/** The fields in the body of a task or pull request, read once for each. */
export function fieldsOf(item: { readonly body: string }): BodyFields {
  const fields = read.get(item) ?? readFields(item.body.replace(/\r\n?/g, '\n'));
  read.set(item, fields);
  return fields;
}

/** How names are compared: without regard to case, emphasis and spaces. */
export const fieldKey = (text: string): string => text.replace(/[*_`]/g, '').replace(/\s+/g, ' ').trim().toLowerCase();

function readFields(body: string): BodyFields {
  const lines = linesOf(body);
  return { sections: formSections(body), lines: fieldLines(lines, body), boxes: boxesIn(lines) };
}

/** Lines of paragraphs and list items as they were written, without the signs of lists and without comments. */
function linesOf(markdown: string): readonly string[] {
  return readTextBlocks(markdown).flatMap(({ source }) => withoutComments(source).split('\n'));
}

const withoutComments = (text: string): string => text.replace(/<!--[\s\S]*?(?:-->|$)/g, '');

function boxesIn(lines: readonly string[]): readonly Checkbox[] {
  return lines.flatMap((line) => {
    const [, mark, text = ''] = /^\[([ xX])\][ \t]+(\S.*)$/.exec(line) ?? [];
    return mark === undefined ? [] : [{ key: fieldKey(text), isTicked: mark !== ' ' }];
  });
}

/** Longer lines hold no name at their start that people would look for. */
const MAX_LINE_LENGTH = 2_000;

/** A name counts where it is prose, and its value is taken as written, with the address of a link for instance. */
function fieldLines(lines: readonly string[], body: string): ReadonlyMap<string, string> {
  const inProse = new Set(
    proseOf(body)
      .split('\n')
      .map((line) => splitField(line).key),
  );
  const fields = new Map<string, string>();
  for (const line of lines) {
    const { key, value } = splitField(line);
    if (value !== '' && inProse.has(key) && !fields.has(key)) fields.set(key, value);
  }
  return fields;
}

function splitField(line: string): { readonly key: string; readonly value: string } {
  const plain = line.slice(0, MAX_LINE_LENGTH).replaceAll('**', '');
  const colon = plain.indexOf(':');
  if (colon < 0) return { key: '', value: '' };
  return { key: fieldKey(plain.slice(0, colon)), value: answered(plain.slice(colon + 1).trim()) };
}

/** What an issue form writes for an answer that was left out, and the template words that people leave standing. */
const EMPTY_ANSWERS = new Set(['', '_no response_', 'none', 'n/a', 'tbd', '-']);

/** The value, or nothing for words that stand where nothing was answered. */
export const answered = (value: string): string => (EMPTY_ANSWERS.has(value.toLowerCase()) ? '' : value);

/** The sections of a form's body, one pass over its lines. */
function formSections(body: string): readonly FormSection[] {
  const sections: { readonly heading: string; readonly lines: string[] }[] = [];
  let isFenced = false;
  let isComment = false;
  for (const line of body.split('\n')) {
    if (!isComment && /^ {0,3}(?:```|~~~)/.test(line)) isFenced = !isFenced;
    const isHeading = !isFenced && !isComment && /^### +\S/.test(line);
    if (isHeading) sections.push({ heading: line.slice(4).trim().slice(0, 100), lines: [] });
    else sections.at(-1)?.lines.push(line);
    if (!isFenced) isComment = leavesComment(line, isComment);
  }
  return sections.map(({ heading, lines }) => {
    const text = lines.join('\n');
    return { key: fieldKey(heading), answer: answerOf(lines), boxes: boxesIn(linesOf(text)) };
  });
}

/** Whether a comment is open behind the line. */
function leavesComment(line: string, isComment: boolean): boolean {
  const [opened, closed] = [line.lastIndexOf('<!--'), line.lastIndexOf('-->')];
  return opened === closed ? isComment : opened > closed;
}

/** The parser looks for `###` anywhere; inside an answer, a code block for instance, this stands for each `#`. */
const HASH_GUARD = '\u{f0023}';

/** Blanks at the end of lines take the parser cubic time, empty lines quadratic time: it never sees many of them. */
function answerOf(lines: readonly string[]): string {
  const guarded = lines.map((line) => line.trimEnd().replaceAll('#', HASH_GUARD)).join('\n');
  const text = guarded.trim().replace(/\n{4,}/g, '\n\n\n');
  const parsed = parseIssue(`### Answer\n\n${text}`).Answer;
  return typeof parsed === 'string' ? answered(withoutComments(parsed.replaceAll(HASH_GUARD, '#')).trim()) : '';
}
