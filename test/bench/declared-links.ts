import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { refKey } from '../../src/core/task/identity.ts';
import { type BackfillTask, isMarked, type UmbrellaMarks } from '../../src/core/umbrella/backfill/backfill-task.ts';
import type { HiddenHistory } from './history-rows.ts';

/**
 * The recorded links that a text states, by child: an oracle of its own. It reads with another Markdown parser than the
 * rules do and knows what it looks for: the words of a label and the id of the recorded parent or child, nothing more.
 */
export function declaredLinks(history: HiddenHistory, marks: UmbrellaMarks): ReadonlyMap<string, string> {
  const byKey = new Map(history.tasks.map((task) => [refKey(task.ref), task]));
  const declared = new Map<string, string>();
  for (const [key, parentKey] of history.parents) {
    const [child, parent] = [byKey.get(key), byKey.get(parentKey)];
    if (child !== undefined && parent !== undefined && isStated(child, parent, marks)) declared.set(key, parentKey);
  }
  return declared;
}

const isStated = (child: BackfillTask, parent: BackfillTask, marks: UmbrellaMarks): boolean =>
  isDotted(child, parent) || hasParentLine(child, parent) || (isMarked(parent, marks) && listsChild(parent, child));

function isDotted(child: BackfillTask, parent: BackfillTask): boolean {
  const id = child.plannedId?.toLowerCase() ?? '';
  return id.slice(0, id.lastIndexOf('.')) === parent.plannedId?.toLowerCase();
}

const PARENT_LABEL = /^\W*(?:parent|epic|umbrella)\b[^:]{0,20}:|^\W*(?:child|sub-?(?:task|issue)) of\b/i;
const CHILDREN_HEADING = /child|sub-?\s?(?:issue|task)|phases/i;

const hasParentLine = (child: BackfillTask, parent: BackfillTask): boolean =>
  names(child.body, parent) &&
  blocksOf(fromMarkdown(child.body)).some(({ text }) =>
    text.split('\n').some((line) => PARENT_LABEL.test(line) && holdsName(line.replace(PARENT_LABEL, ''), parent)),
  );

/** Items that begin or end with the child, under a heading or a line that speaks of children. */
function listsChild(parent: BackfillTask, child: BackfillTask): boolean {
  if (!names(parent.body, child)) return false;
  let isUnder = false;
  for (const { text, kind } of blocksOf(fromMarkdown(parent.body))) {
    if (kind === 'heading' || (kind === 'text' && text.trim().endsWith(':'))) isUnder = CHILDREN_HEADING.test(text);
    else if (kind === 'item' && isUnder && edgesHoldName(text.replace(/^\s*\[[ xX]\]/, ''), child)) return true;
  }
  return false;
}

function names(text: string, { plannedId, ref }: BackfillTask): boolean {
  const body = text.toLowerCase();
  return (
    body.includes(plannedId?.toLowerCase() ?? '\0') ||
    body.includes(`#${ref.number}`) ||
    body.includes(`/${ref.number}`)
  );
}

/** Anywhere in the rest of a labelled line, as a word of its own: `Epic: Login page (#12)`. */
const holdsName = (text: string, task: BackfillTask): boolean => wordsOf(text).some((word) => isName(word, task));

/** The first or the last word of an item's first line. */
function edgesHoldName(text: string, task: BackfillTask): boolean {
  const words = wordsOf(text.split('\n', 1)[0] ?? '');
  return [words[0], words.at(-1)].some((word) => word !== undefined && isName(word, task));
}

const wordsOf = (text: string): readonly string[] =>
  text.split(/\s+/).flatMap((word) => /^[*_"'([<]*(.*?)[:,;.)\]>*_"']*$/.exec(word)?.[1]?.toLowerCase() || []);

const isName = (word: string, { plannedId, ref }: BackfillTask): boolean =>
  word === plannedId?.toLowerCase() || word === `#${ref.number}` || word.endsWith(`/issues/${ref.number}`);

interface Block {
  readonly kind: 'heading' | 'item' | 'text';
  readonly text: string;
}

function blocksOf(node: Nodes, isItem = false): readonly Block[] {
  if (node.type === 'heading') return [{ kind: 'heading', text: textOf(node) }];
  if (node.type === 'paragraph') return [{ kind: isItem ? 'item' : 'text', text: textOf(node) }];
  if (node.type === 'blockquote' || !('children' in node)) return [];
  return node.children.flatMap((child) => blocksOf(child, isItem || node.type === 'listItem'));
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  if (node.type === 'break') return '\n';
  const inner = 'children' in node ? node.children.map(textOf).join('') : '';
  return node.type === 'link' ? `${node.url} ${inner}` : inner;
}
