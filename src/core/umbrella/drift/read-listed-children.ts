import { readTextBlocks, type TextBlock } from '../../markdown-blocks.ts';
import type { Ref } from '../../task/identity.ts';
import { referenceAt, type TextPlace } from '../../task/text-references.ts';
import { labelOfHeading } from '../backfill/statement-labels.ts';

/** An item of a list in an umbrella's own text that stands for a child. */
export interface ListedChild {
  readonly ref: Ref;
  /** Line of the body, from 1. */
  readonly line: number;
  /** Null for an item without a checkbox. */
  readonly isTicked: boolean | null;
  readonly quote: string;
}

const BOX = /^\s*\[([ xX])\]\s+/;

/**
 * The children that an umbrella's text lists: items of a list that begin with a reference, where they have a checkbox or
 * stand under a heading such as "Children" or "Sub-issues". A reference later in an item is a mention. Code, quotes and
 * HTML comments are not read.
 */
export function readListedChildren(body: string, place: TextPlace): readonly ListedChild[] {
  const listed: ListedChild[] = [];
  let sectionLevel = 0;
  for (const block of readTextBlocks(body)) {
    sectionLevel = sectionBehind(block, sectionLevel);
    const child = block.listDepth > 0 ? childIn(block, sectionLevel > 0, place) : null;
    if (child !== null) listed.push(child);
  }
  return listed;
}

/** Level of the heading that announces children; headings below it belong to it, the next one beside it ends it; 0: none. */
function sectionBehind({ headingLevel, prose }: TextBlock, sectionLevel: number): number {
  if (headingLevel === 0) return sectionLevel;
  if (labelOfHeading(prose) === 'children') return headingLevel;
  return headingLevel > sectionLevel ? sectionLevel : 0;
}

function childIn(block: TextBlock, isUnderHeading: boolean, place: TextPlace): ListedChild | null {
  const [item = ''] = block.proseWithLinks.split('\n', 1);
  const [sign = '', mark] = BOX.exec(item) ?? [];
  if (mark === undefined && !isUnderHeading) return null;
  const found = referenceAt(item.slice(sign.length).trimStart(), 0, place);
  if (found === null) return null;
  const [quote = ''] = block.source.split('\n', 1);
  return { ref: found.ref, line: block.line, isTicked: mark === undefined ? null : mark !== ' ', quote };
}
