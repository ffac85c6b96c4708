import { readTextBlocks, type TextBlock } from '../../markdown-blocks.ts';
import type { Ref } from '../../task/identity.ts';
import { referenceAt, type TextPlace } from '../../task/text-references.ts';
import { labelOfHeading } from '../backfill/statement-labels.ts';
import { linesOf, placeInBody } from './place-in-body.ts';

/** An item of a list in an umbrella's own text that stands for a child. */
export interface ListedChild {
  readonly ref: Ref;
  /** Line of the body, from 1. */
  readonly line: number;
  /** Null for an item without a checkbox. */
  readonly isTicked: boolean | null;
  readonly quote: string;
  /** In how many lists, one in the other, it stands. */
  readonly depth: number;
  /** The last line, from 1, of all that belongs to the item: further lines, code and nested lists. */
  readonly lastLine: number;
  /** Where in its line, from 0, its words begin, checkbox included; null where the line does not tell. */
  readonly column: number | null;
  /** What stands in front of the words of another item of its list: `  - `. Null where the line does not tell. */
  readonly sign: string | null;
}

const BOX = /^\s*\[([ xX])\]\s+/;

/**
 * The children that an umbrella's text lists: items of a list that begin with a reference, where they have a checkbox or
 * stand under a heading such as "Children" or "Sub-issues". A reference later in an item is a mention. Code, quotes and
 * HTML comments are not read.
 */
export function readListedChildren(body: string, place: TextPlace): readonly ListedChild[] {
  const listed: ListedChild[] = [];
  const lines = linesOf(body);
  let sectionLevel = 0;
  for (const block of readTextBlocks(body)) {
    sectionLevel = sectionBehind(block, sectionLevel);
    const child = childIn(block, sectionLevel > 0, place);
    if (child !== null) listed.push({ ...child, ...outlineOf(block, lines) });
  }
  return listed;
}

/** Level of the heading that announces children; headings below it belong to it, the next one beside it ends it; 0: none. */
function sectionBehind({ headingLevel, prose }: TextBlock, sectionLevel: number): number {
  if (headingLevel === 0) return sectionLevel;
  if (labelOfHeading(prose) === 'children') return headingLevel;
  return headingLevel > sectionLevel ? sectionLevel : 0;
}

type ListedWords = Pick<ListedChild, 'ref' | 'line' | 'isTicked' | 'quote'>;

/** A box that only looks like one, such as `\[ ]`, is none. */
function childIn(block: TextBlock, isUnderHeading: boolean, place: TextPlace): ListedWords | null {
  if (block.itemEnd === null) return null;
  const [item = ''] = block.proseWithLinks.split('\n', 1);
  const [sign = '', mark] = BOX.test(block.source) ? (BOX.exec(item) ?? []) : [];
  if (mark === undefined && !isUnderHeading) return null;
  const found = referenceAt(item.slice(sign.length).trimStart(), 0, place);
  if (found === null) return null;
  const [quote = ''] = block.source.split('\n', 1);
  return { ref: found.ref, line: block.line, isTicked: mark === undefined ? null : mark !== ' ', quote };
}

type Outline = Pick<ListedChild, 'depth' | 'lastLine' | 'column' | 'sign'>;

function outlineOf(block: TextBlock, lines: readonly string[]): Outline {
  const end = block.itemEnd ?? block.line;
  const lastLine = lines.slice(0, end).findLastIndex((line) => line.trim() !== '') + 1;
  const column = placeInBody(block, 0, lines)?.column ?? null;
  const prefix = column === null ? '' : (lines[block.line - 1] ?? '').slice(0, column);
  return { depth: block.listDepth, lastLine, column, sign: signAtEnd(prefix) };
}

/** The signs of outer lists that share the line, as in `* * [ ] #2`, become indentation: they are not begun anew. */
function signAtEnd(prefix: string): string | null {
  const [sign] = /(?:[-*+]|\d{1,9}[.)])[ \t]+$/.exec(prefix) ?? [];
  return sign === undefined ? null : prefix.slice(0, -sign.length).replace(/\S/g, ' ') + sign;
}
