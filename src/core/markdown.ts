import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

/** GitHub keeps at most 65,536 characters of a body. */
const MAX_PARSED_LENGTH = 65_536;

/**
 * Emphasis takes quadratic time to parse (32,000 unmatched `*` took 26 s on the machine where this was measured); no
 * honest text comes near this number, and what is read from prose does not depend on emphasis.
 */
const MAX_EMPHASIS_MARKS = 2_000;

/** A line that opens ten quotes or lists at once: quadratic to parse, and taken for a quote. */
const DEEP_NESTING = /^[ \t]*(?:>[ \t]*|(?:[-+*]|\d{1,9}[.)])[ \t]+){10,}/gm;

/**
 * What a reader takes as the author's own words: the text of a body without code, quotes, HTML and HTML comments.
 * Blocks and list items are separated by blank lines, so that `^` and `$` with the `m` flag see each of their lines.
 */
export function proseOf(markdown: string): string {
  const bounded = markdown.slice(0, MAX_PARSED_LENGTH).replace(/\r\n?/g, '\n').replace(DEEP_NESTING, '> ');
  const marks = bounded.match(/[*_]/g)?.length ?? 0;
  const parsed = marks > MAX_EMPHASIS_MARKS ? bounded.replace(/[*_]+/g, ' ') : bounded;
  const blocks: string[] = [];
  collectBlocks(fromMarkdown(parsed), blocks);
  return blocks.join('\n\n');
}

function collectBlocks(node: Nodes, blocks: string[]): void {
  if (node.type === 'paragraph' || node.type === 'heading') {
    blocks.push(node.children.map(inlineText).join(''));
  } else if ('children' in node && node.type !== 'blockquote') {
    for (const child of node.children) collectBlocks(child, blocks);
  }
}

function inlineText(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return '\n';
  if (node.type === 'html' || node.type === 'inlineCode' || !('children' in node)) return ' ';
  return node.children.map(inlineText).join('');
}

/**
 * Untrusted text as one inert line of Markdown, at most `maxLength` characters before escaping: it pings nobody, refers
 * to and closes nothing, renders as itself, and stays inside a table cell.
 *
 * A backslash or an entity does not stop GitHub from seeing `@name` or `#1`, because it looks for them in the rendered
 * text: only a zero-width space between sign and name does. Control, bidirectional and other invisible characters go.
 */
export function neutralizeInline(text: string, maxLength = 256): string {
  return neutralizeInHtml(text, maxLength).replace(/[*_[\]~$]/g, '\\$&');
}

/** The same for a place inside HTML of our own, such as a `<summary>`, where Markdown's backslashes would be shown. */
export function neutralizeInHtml(text: string, maxLength = 256): string {
  return shorten(visibleLine(text), maxLength)
    .replace(/[&<>|`\\]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@(?=[\p{L}\p{N}])/gu, '@\u200b')
    .replace(/(?<!&)#(?=\p{N})/gu, '#\u200b')
    .replace(/GH-(?=\d)/gi, (prefix) => `${prefix.slice(0, 2)}\u200b-`)
    .replace(/:(?=\/\/)/g, ':\u200b')
    .replace(/www\./gi, (prefix) => `${prefix.slice(0, 3)}\u200b.`);
}

/** A link to a page of GitHub; only the text, when the address is none that is safe to follow. `text` is Markdown already. */
export function renderLink(text: string, url: string): string {
  if (!/^https?:\/\/[^\s<>\p{C}]+$/u.test(url)) return text;
  const address = url.replace(/[()\\|`*_[\]"'@]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
  return `[${text}](${address})`;
}

/** One line without characters that cannot be seen; the joiners that scripts and emoji need stay. */
export function visibleLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cs}\p{Co}]/gu, '\ufffd')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Cut at a whole character, with an ellipsis that counts. */
export function shorten(text: string, maxLength: number): string {
  const characters = [...text];
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 1).join('')}…`;
}
