import { raw } from 'hast-util-raw';
import { defaultSchema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { toHast } from 'mdast-util-to-hast';
import { gfm } from 'micromark-extension-gfm';

type Tree = ReturnType<typeof sanitize>;
type Element = Extract<Tree, { readonly type: 'element' }>;

interface HtmlOptions {
  /** Links to this address become links of the page's own server. */
  readonly localUrl: string;
}

/**
 * A comment's GitHub-flavoured Markdown as HTML that is safe to put into a page: what its authors wrote as HTML is kept
 * only as far as GitHub's own list of elements and attributes allows (`details`, tables …), never scripts or handlers.
 * Each cell of a table says which column it is in, so that a narrow page can show rows as cards, and a bar of coloured
 * squares becomes one that needs no emoji font.
 */
export function markdownToHtml(markdown: string, { localUrl }: HtmlOptions): string {
  const tree = fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  const safe = sanitize(raw(toHast(tree, { allowDangerousHtml: true })), defaultSchema);
  for (const element of elementsOf(safe)) {
    if (element.tagName === 'a') keepLocal(element, localUrl);
    if (element.tagName === 'table') labelCells(element);
    element.children = element.children.flatMap((child) =>
      child.type === 'text' ? drawSquares(child.value) : [child],
    );
  }
  return toHtml(safe);
}

function elementsOf(node: Tree): Element[] {
  const below = 'children' in node ? node.children.flatMap(elementsOf) : [];
  return node.type === 'element' ? [node, ...below] : below;
}

function keepLocal({ properties }: Element, localUrl: string): void {
  const { href } = properties;
  if (typeof href === 'string' && href.startsWith(`${localUrl}/`)) properties.href = href.slice(localUrl.length);
}

function labelCells(table: Element): void {
  const rows = elementsOf(table).filter(({ tagName }) => tagName === 'tr');
  const cellsOf = (row: Element): readonly Element[] =>
    elementsOf(row).filter(({ tagName }) => /^t[dh]$/.test(tagName));
  const [head, ...body] = rows.map(cellsOf);
  const titles = (head ?? []).map(textOf);
  for (const cell of body.flatMap((cells) => [...cells.entries()])) {
    const [column, { properties }] = cell;
    properties.dataLabel = titles[column] ?? '';
  }
}

const textOf = (node: Tree): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(textOf).join('') : '';

const SQUARES = /((?:🟩|🟦|🟨|🟥|⬜)+)/u;
const COLORS: Readonly<Record<string, string>> = {
  '🟩': 'green',
  '🟦': 'blue',
  '🟨': 'yellow',
  '🟥': 'red',
  '⬜': 'white',
};

/** `🟩🟩🟥` as a bar whose parts the page draws itself; other text as it is. */
function drawSquares(text: string): Element['children'] {
  return text.split(SQUARES).flatMap((part, index): Element['children'] => {
    if (part === '') return [];
    if (index % 2 === 0) return [{ type: 'text', value: part }];
    const squares = [...part].map((square): Element => span(`square ${COLORS[square] ?? ''}`, []));
    return [span('squares', squares)];
  });
}

const span = (className: string, children: Element['children']): Element => ({
  type: 'element',
  tagName: 'span',
  properties: { className: className.split(' '), ...(children.length === 0 ? {} : { ariaHidden: 'true' }) },
  children,
});
