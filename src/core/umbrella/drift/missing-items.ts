import { readTextBlocks, type TextBlock } from '../../markdown-blocks.ts';
import { formatRef, type Ref, refKey } from '../../task/identity.ts';
import { hostOf } from '../../task/text-references.ts';
import type { DriftFacts, DriftFinding } from './drift.ts';
import { editLines, type LineEdit } from './edit-lines.ts';
import { NO_PLACE } from './place-in-body.ts';
import { type ListedChild, readListedChildren } from './read-listed-children.ts';

/**
 * Children that the text's list lacks. They get their items behind the last one of the outermost list, with all that
 * belongs to it, and look like it, checkbox or not.
 */
export function missingItems(
  listed: readonly ListedChild[],
  { children, umbrella }: Pick<DriftFacts, 'children' | 'umbrella'>,
): readonly DriftFinding[] {
  const isListed = keysOf(listed);
  const isChild = keysOf(children);
  const last = lastOutermost(listed.filter(({ ref }) => isChild.has(refKey(ref)))) ?? lastOutermost(listed);
  const missing = children.filter(({ ref }) => !isListed.has(refKey(ref)));
  if (last === undefined || missing.length === 0) return [];
  const edits = missing.map((child) => newItem(child, last, umbrella.ref));
  const fits = isReadBack(edits, { missing: keysOf(missing), last, umbrella });
  return missing.map(({ ref }, index) => {
    const text = `${formatRef(ref, umbrella.ref)} is a sub-issue that the text's list lacks`;
    const finding = { kind: 'not_listed', ref, line: null, quote: null } as const;
    const edit = fits ? edits[index] : undefined;
    return edit === undefined
      ? { ...finding, text: `${text}; ${NO_PLACE}`, fix: null }
      : { ...finding, text, fix: { kind: 'edit', edit } };
  });
}

const keysOf = (items: readonly { readonly ref: Ref }[]): ReadonlySet<string> =>
  new Set(items.map(({ ref }) => refKey(ref)));

function lastOutermost(items: readonly ListedChild[]): ListedChild | undefined {
  const depth = Math.min(...items.map((item) => item.depth));
  return items.findLast((item) => item.depth === depth);
}

/** A numbered list goes on with the same number, as Markdown counts by itself. */
function newItem(
  { ref, state }: DriftFacts['children'][number],
  { lastLine, sign, isTicked }: ListedChild,
  umbrella: Ref,
): LineEdit {
  const box = isTicked === null ? '' : state === 'closed' ? '[x] ' : '[ ] ';
  return { line: lastLine, replaces: null, put: `${sign ?? '- '}${box}${formatRef(ref, umbrella)}` };
}

interface NewItems {
  readonly missing: ReadonlySet<string>;
  readonly last: ListedChild;
  readonly umbrella: DriftFacts['umbrella'];
}

/**
 * Whether the new items would be read as items of that list, and all other text as it is. Not so behind code or a comment
 * that is never closed, past what is read of a text, or where the next line would go on with the new item.
 */
function isReadBack(edits: readonly LineEdit[], { missing, last, umbrella }: NewItems): boolean {
  if (last.sign === null) return false;
  const body = editLines(umbrella.body, edits);
  const isNew = (line: number): boolean => line > last.lastLine && line <= last.lastLine + edits.length;
  const place = { repository: umbrella.ref, host: hostOf(umbrella.url) };
  const added = readListedChildren(body, place).filter(({ line }) => isNew(line));
  return (
    added.length === edits.length &&
    added.every(({ ref, depth }) => missing.has(refKey(ref)) && depth === last.depth) &&
    outline(readTextBlocks(body).filter(({ line }) => !isNew(line))) === outline(readTextBlocks(umbrella.body))
  );
}

const outline = (blocks: readonly TextBlock[]): string =>
  JSON.stringify(blocks.map(({ source, listDepth, headingLevel }) => [source, listDepth, headingLevel]));
