import { readTextBlocks } from './markdown-blocks.ts';

/**
 * What a reader takes as the author's own words: the text of a body without code, quotes, HTML and HTML comments, also
 * those written as `<code>`, `<pre>`, `<blockquote>` and the like. Blocks and list items are separated by blank lines,
 * so that `^` and `$` with the `m` flag see each of their lines, without its indentation. What is in doubt is left out:
 * anybody can write a body.
 */
export function proseOf(markdown: string): string {
  return readTextBlocks(markdown)
    .map(({ prose }) => prose)
    .filter((prose) => prose.trim() !== '')
    .join('\n\n');
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

const ADDRESS = /(https?:\/\/[^\s<>()[\]"'`|\\]+)/;

/** Pages whose link on GitHub leaves a trace on them. */
const TRACED = /\/(?:issues|pull|discussions|commits?)\//;

/** The same of a whole text, in which addresses can still be followed, but for those of issues and the like. */
export function neutralizeKeepingLinks(text: string): string {
  return visibleLine(text)
    .split(ADDRESS)
    .map((part, index) => {
      const inert = neutralizeWhole(part);
      return index % 2 === 1 && !TRACED.test(part) ? renderLink(inert, part) : inert;
    })
    .join('');
}

/** With the spaces at its ends, where it is a part of a line. */
function neutralizeWhole(part: string): string {
  const [, before = '', after = ''] = /^(\s*).*?(\s*)$/.exec(part) ?? [];
  return `${before}${neutralizeInline(part, part.length)}${after}`;
}

/** The same for a place inside HTML of our own, such as a `<summary>`, where Markdown's backslashes would be shown. */
export function neutralizeInHtml(text: string, maxLength = 256): string {
  return shorten(visibleLine(text), maxLength)
    .replace(/[&<>|`\\]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/@(?=\S)/g, '@\u200b')
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
  if (VISIBLE_LINE.test(text)) return text;
  return text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    .replace(/[\p{Cs}\p{Co}]/gu, '\ufffd')
    .replace(/(?![\u200c\u200d])\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Most are so as they come: words of ASCII, a space between them. */
const VISIBLE_LINE = /^(?:[!-~]+(?: [!-~]+)*)?$/;

/** Cut at a whole character, with an ellipsis that counts. */
export function shorten(text: string, maxLength: number): string {
  // No text has more characters than code units.
  if (text.length <= maxLength) return text;
  const characters = [...text];
  return characters.length <= maxLength ? text : `${characters.slice(0, maxLength - 1).join('')}…`;
}
