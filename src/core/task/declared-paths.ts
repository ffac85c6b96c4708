import { parseMarkdown, readTextBlocks } from '../markdown-blocks.ts';
import { answered, fieldsOf } from './body-fields.ts';

/** More than anybody reads; so that no body makes a comparison long. */
const MAX_PATHS = 100;
const MAX_PATH_LENGTH = 300;

const FIELD_NAMES = new Set(['path', 'paths', 'file', 'files']);
const FIELD_LINE = /^(?:\*\*|__)?(?:paths?|files?)(?:\*\*|__)?[ \t]*:(?:\*\*|__)?[ \t]*(\S.*)$/i;

const read = new WeakMap<object, readonly string[]>();

/**
 * The files, folders and globs that a task says it will touch: its `Paths:` or `Files:` lines and form answers, and where
 * there are none, the code spans of its text that have the shape of a path. Without `./` and without `/` at the end.
 * Empty: it does not say.
 */
export function declaredPaths(task: { readonly body: string }): readonly string[] {
  const paths = read.get(task) ?? readPaths(task);
  read.set(task, paths);
  return paths;
}

function readPaths(task: { readonly body: string }): readonly string[] {
  const answers = fieldsOf(task).sections.flatMap(({ key, answer }) => (FIELD_NAMES.has(key) ? [answer] : []));
  const named = [...answers, ...fieldLines(task.body)].flatMap(pathsInField);
  const found = named.length > 0 ? named : codeSpans(task.body).filter(hasPathShape);
  return [...new Set(found.map(plainPath))].filter((path) => path !== '').slice(0, MAX_PATHS);
}

/** As written: the values of other fields lose their `**`, which here is part of a glob. */
function fieldLines(body: string): readonly string[] {
  return readTextBlocks(body).flatMap(({ source, prose }) => {
    if (!prose.split('\n').some((line) => /^(?:paths?|files?)[ \t]*:/i.test(line))) return [];
    return source.split('\n').flatMap((line) => FIELD_LINE.exec(line)?.[1] ?? []);
  });
}

/** Of a part that is one word, that word; of prose, what has the shape of a path. */
function pathsInField(value: string): readonly string[] {
  return answered(value.trim())
    .split(/[,;\n]/)
    .flatMap((part) => {
      const words = part
        .replace(/^[ \t]*[-*+][ \t]+/, '')
        .replaceAll('`', ' ')
        .trim()
        .split(/\s+/);
      return words.length === 1 ? words.filter(isPath) : words.filter(hasPathShape);
    });
}

function codeSpans(body: string): readonly string[] {
  let quotes = 0;
  const spans: string[] = [];
  for (const { type, nesting, children } of parseMarkdown(body)) {
    if (type.startsWith('blockquote_')) quotes += nesting;
    if (quotes > 0) continue;
    for (const child of children ?? []) if (child.type === 'code_inline') spans.push(child.content.trim());
  }
  return spans;
}

/** Addresses, absolute paths and ways out of the repository are none. */
const isPath = (text: string): boolean =>
  text.length <= MAX_PATH_LENGTH && /^[\w.@*?][\w.@*?+/()[\]-]*(?::\d+(?:-\d+)?)?$/.test(text) && !text.includes('..');

/** `src/a.ts`, `src/` and `src/**`, but neither `octo/harbor` nor `console.log`. */
const hasPathShape = (text: string): boolean =>
  isPath(text) && text.includes('/') && /(?:\/|\*|\.[a-z][a-z0-9]{0,7})$/i.test(withoutLine(text));

const plainPath = (text: string): string =>
  withoutLine(text)
    .replace(/^(?:\.\/)+/, '')
    .replace(/\/+$/, '');

const withoutLine = (text: string): string => text.replace(/:\d+(?:-\d+)?$/, '');
