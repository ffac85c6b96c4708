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
 * HTML comments are not read; of two items for one task, the first counts.
 */
export function readListedChildren(body: string, place: TextPlace): readonly ListedChild[] {
  const listed = new Map<string, ListedChild>();
  let isUnderHeading = false;
  for (const block of readTextBlocks(body)) {
    if (block.headingLevel > 0) isUnderHeading = labelOfHeading(block.prose) === 'children';
    const child = block.listDepth > 0 ? childIn(block, isUnderHeading, place) : null;
    const key = child === null ? '' : JSON.stringify(child.ref).toLowerCase();
    if (child !== null && !listed.has(key)) listed.set(key, child);
  }
  return [...listed.values()];
}

function childIn(block: TextBlock, isUnderHeading: boolean, place: TextPlace): ListedChild | null {
  const [item = ''] = block.proseWithLinks.split('\n', 1);
  const [sign = '', mark] = BOX.exec(item) ?? [];
  if (mark === undefined && !isUnderHeading) return null;
  const found = referenceAt(
    item.trimStart(),
    item.trimStart().length - item.slice(sign.length).trimStart().length,
    place,
  );
  if (found === null) return null;
  const [quote = ''] = block.source.split('\n', 1);
  return { ref: found.ref, line: block.line, isTicked: mark === undefined ? null : mark !== ' ', quote };
}
