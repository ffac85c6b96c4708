import MarkdownIt, { type Token } from 'markdown-it';
import { followHtml, type HtmlNesting, isApart } from './html-nesting.ts';

/** A paragraph or heading, without the signs of the quotes and lists that it stands in. */
export interface TextBlock {
  /** As it was written, lines kept. */
  readonly source: string;
  /** What a reader sees of it: without code, HTML and what stands inside `<code>`, `<pre>`, `<blockquote>` and the like. */
  readonly prose: string;
  /** The prose with the address of each link in front of its words. */
  readonly proseWithLinks: string;
  /** The prose in pieces; one with letters or digits in it stands in the source as it is, unless it is a link's address. */
  readonly pieces: readonly string[];
  /** Number of its first line in the body, from 1. */
  readonly line: number;
  /** 1–6 for a heading, 0 for other text. */
  readonly headingLevel: number;
  /** In how many lists, one in the other, it stands; 0 for none. */
  readonly listDepth: number;
  /** Of the paragraph with which an item of a list begins: the item's last line, from 1. Null for any other text. */
  readonly itemEnd: number | null;
}

/** GitHub keeps at most 65,536 characters of a body. */
const MAX_READ_LENGTH = 65_536;

/** Deeper nesting is not read: what stands there is no prose. */
const MAX_NESTING = 100;

/**
 * markdown-it takes time proportional to the length for every text that was tried, where the parsers that build an mdast
 * tree took 79 s for 65,000 characters of `a\n=\n`. `text_join` would hide which characters were escaped.
 */
const parser = new MarkdownIt('commonmark', { maxNesting: MAX_NESTING }).disable('text_join');

/** Leaves what stands in a block as it is. */
const blockParser = new MarkdownIt('commonmark', { maxNesting: MAX_NESTING }).disable(['inline', 'text_join']);

/** The tokens of a body; their lines are those of the body, whichever way its lines end. */
export const parseMarkdown = (markdown: string): readonly Token[] => parser.parse(readable(markdown), {});

const readable = (markdown: string): string => markdown.slice(0, MAX_READ_LENGTH).replace(/\r\n?/g, '\n');

/** The text blocks of a body, in order, without code and without what is quoted. */
export function readTextBlocks(markdown: string): readonly TextBlock[] {
  const html: HtmlNesting = { open: new Map(), isCut: false };
  const blocks: TextBlock[] = [];
  const depth: Depth = { quotes: 0, lists: 0, heading: 0, itemEnd: null };
  // Addresses of links that are written elsewhere in the body.
  const links: Record<string, unknown> = {};
  for (const token of blockParser.parse(readable(markdown), links)) {
    followNesting(depth, token);
    if (token.type === 'html_block') followHtml(html, token.content);
    else if (token.type === 'inline') {
      const words = proseOfBlock(token.content, links, html);
      const { heading: headingLevel, lists: listDepth, itemEnd } = depth;
      const place = { line: (token.map?.[0] ?? 0) + 1, headingLevel, listDepth, itemEnd };
      if (depth.quotes === 0) blocks.push({ source: token.content, ...words, ...place });
    }
    if (token.type !== 'list_item_open' && token.type !== 'paragraph_open') depth.itemEnd = null;
  }
  return blocks;
}

interface Depth {
  quotes: number;
  lists: number;
  /** Level of the heading that is open, 0 when none is. */
  heading: number;
  /** Last line, from 1, of the item of a list that has just been opened. */
  itemEnd: number | null;
}

function followNesting(depth: Depth, { type, tag, nesting, map }: Token): void {
  if (type.startsWith('blockquote_')) depth.quotes += nesting;
  else if (type.startsWith('list_item_')) depth.lists += nesting;
  else if (type.startsWith('heading_')) depth.heading = nesting === 1 ? Number(tag.slice(1)) : 0;
  if (type === 'list_item_open') depth.itemEnd = map?.[1] ?? null;
}

type BlockWords = Pick<TextBlock, 'prose' | 'proseWithLinks' | 'pieces'>;

/** Most blocks are plain words, which stand for themselves: reading signs in them takes longer than all else. */
function proseOfBlock(source: string, links: Record<string, unknown>, html: HtmlNesting): BlockWords {
  if (!MAY_HOLD_SIGNS.test(source)) {
    const prose = isApart(html) ? '' : source;
    return { prose, proseWithLinks: prose, pieces: source === '' ? [] : [prose] };
  }
  const tokens: Token[] = [];
  parser.inline.parse(source, parser, links, tokens);
  return proseIn(tokens, html);
}

/** Everything that CommonMark reads inside a block, line ends included: https://spec.commonmark.org/0.31.2/#inlines */
const MAY_HOLD_SIGNS = /[\\`*_[\]!<>&~\n]/;

function proseIn(tokens: readonly Token[], html: HtmlNesting): BlockWords {
  const pieces = tokens.map((token) => ({ words: proseOfToken(token, html), address: addressOf(token, html) }));
  return {
    prose: pieces.map(({ words }) => words).join(''),
    proseWithLinks: pieces.map(({ words, address }) => address + words).join(''),
    pieces: pieces.map(({ words }) => words),
  };
}

function addressOf(token: Token, html: HtmlNesting): string {
  const address = token.type === 'link_open' && !isApart(html) ? token.attrGet('href') : null;
  return address === null ? '' : `${address} `;
}

function proseOfToken(token: Token, html: HtmlNesting): string {
  if (token.type === 'html_inline') {
    followHtml(html, token.content);
    return ' ';
  }
  if (isApart(html)) return '';
  switch (token.type) {
    case 'text':
      return token.content;
    // An escaped slash starts no command; character references stay as they were written.
    case 'text_special':
      return token.info === 'escape' && token.content !== '/' ? token.content : token.markup;
    case 'softbreak':
    case 'hardbreak':
      return '\n';
    case 'code_inline':
    case 'image':
      return ' ';
    default:
      return '';
  }
}
