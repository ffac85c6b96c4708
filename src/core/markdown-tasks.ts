import { followHtml, type HtmlNesting, isApart } from './html-nesting.ts';
import { parseMarkdown } from './markdown-blocks.ts';

/** An item `- [ ] text` of a list at the top level of a body: in no other list, no quote, no code and no comment. */
export interface TaskItem {
  /** What follows the box, its lines joined; emphasis and the address of links are left out, code keeps its signs. */
  readonly text: string;
  /** The same as it was written, its lines joined. */
  readonly source: string;
  readonly isTicked: boolean;
  /** Its lines in the body, from 0; `end` is the line after the last. What is nested in the item is not counted. */
  readonly start: number;
  readonly end: number;
}

const BOX = /^\[([ xX])\][ \t]+(?=\S)/;

/** The checklist of a body, in order. */
export function readTaskItems(markdown: string): readonly TaskItem[] {
  const items: TaskItem[] = [];
  const html: HtmlNesting = { open: new Map(), isCut: false };
  let [quotes, lists, isFirst] = [0, 0, false];
  for (const { type, content, children, map } of parseMarkdown(markdown)) {
    if (type === 'blockquote_open') quotes += 1;
    else if (type === 'blockquote_close') quotes -= 1;
    else if (type.endsWith('_list_open')) lists += 1;
    else if (type.endsWith('_list_close')) lists -= 1;
    else if (type === 'list_item_open') isFirst = lists === 1 && quotes === 0 && !isApart(html);
    else if (type === 'inline') {
      const box = isFirst ? BOX.exec(content) : null;
      if (box !== null && map !== null) {
        const text = plainText(children ?? []).replace(BOX, '');
        const source = content.replace(BOX, '').replace(/\s+/g, ' ').trim();
        items.push({ text, source, isTicked: box[1] !== ' ', start: map[0], end: map[1] });
      }
      isFirst = false;
    } else if (type !== 'paragraph_open') {
      if (type === 'html_block') followHtml(html, content);
      isFirst = false;
    }
  }
  return items;
}

interface InlineToken {
  readonly type: string;
  readonly content: string;
}

function plainText(tokens: readonly InlineToken[]): string {
  return tokens
    .map(({ type, content }) => {
      if (type === 'code_inline') return `\`${content}\``;
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      return type === 'text' || type === 'text_special' || type === 'image' ? content : '';
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}

const LINE = /\r\n|\r|\n/g;
const ITEM_START = /^(\s*(?:[-*+]|\d{1,9}[.)])[ \t]+\[[ xX]\][ \t]+)/;

/** The body with the text of some items replaced, each by what stands for its first line; all else stays byte for byte. */
export function replaceTaskItems(
  markdown: string,
  replacements: readonly { readonly item: Pick<TaskItem, 'start' | 'end'>; readonly text: string }[],
): string {
  const ends = [...markdown.matchAll(LINE)].map((match) => match.index + match[0].length);
  const lines = [0, ...ends].map((start, index) => markdown.slice(start, ends[index] ?? markdown.length));
  for (const { item, text } of replacements) {
    const first = lines[item.start] ?? '';
    const last = lines[item.end - 1] ?? first;
    const prefix = ITEM_START.exec(first)?.[1];
    if (prefix === undefined) continue;
    lines.fill('', item.start, item.end);
    lines[item.start] = `${prefix}${text}${/(?:\r\n|\r|\n)?$/.exec(last)?.[0] ?? ''}`;
  }
  return lines.join('');
}
