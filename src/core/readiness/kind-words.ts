import { inWords } from '../in-words.ts';
import { compareText } from './compare-refs.ts';
import type { DraftFinding } from './criterion.ts';

/** What is in the way, counted: `2 reverted, 1 unread check`; what only informs is left out. Empty where nothing is. */
export function kindWords(findings: readonly DraftFinding[]): string {
  const counts = new Map<string, number>();
  for (const { kind, effect } of findings) if (effect !== 'informs') counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts]
    .sort(([a], [b]) => compareText(a, b))
    .map(([kind, count]) => `${count} ${count === 1 ? inSingular(inWords(kind)) : inPlural(inWords(kind))}`)
    .join(', ');
}

/** The thing of a kind, where its name has one: `open task`, `review over time`; `reverted` is none. */
const THING =
  /\b(?:task|artifact|backport|approval|review|check|blocker|revert|cycle|request)\b(?= over| requested| never|$)/;

/** What could not be read is named as a list: `unread_runs`, `unread_branches`. */
const inSingular = (words: string): string => words.replace(/^(unread .*?)(?:(?<=ch)e)?s$/, '$1');

const inPlural = (words: string): string => words.replace(THING, '$&s');
