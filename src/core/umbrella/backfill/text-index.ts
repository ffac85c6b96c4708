import { plannedIdKey } from '../../task/planned-id.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { NamedTasks } from './named-tasks.ts';

/** Which of some tasks have which words, and how rare each word is among all. */
export interface TextIndex {
  /** Words of a task's title, each once. */
  readonly titleWords: (task: BackfillTask) => readonly string[];
  /** Natural logarithm of how few tasks have a word. */
  readonly rarity: (word: string) => number;
  /** Places, in the list that was given, of the umbrellas with a word in title or body. */
  readonly umbrellasWith: (word: string) => readonly number[];
}

/** Only the umbrellas' bodies can be looked up; ids and references are no words here, so that no link shows through. */
export function indexTexts(
  tasks: readonly BackfillTask[],
  umbrellas: readonly BackfillTask[],
  named: NamedTasks,
): TextIndex {
  const titles = new Map(tasks.map((task) => [task, wordsOf(task.title, named)]));
  const frequency = new Map<string, number>();
  const postings = new Map<string, number[]>();
  const places = new Map(umbrellas.map((umbrella, place) => [umbrella, place]));
  for (const task of tasks) {
    const place = places.get(task);
    const words = new Set([...(titles.get(task) ?? []), ...wordsOf(task.body.slice(0, MAX_TEXT_LENGTH), named)]);
    for (const word of words) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1);
      if (place === undefined) continue;
      const posting = postings.get(word);
      if (posting === undefined) postings.set(word, [place]);
      else posting.push(place);
    }
  }
  return {
    titleWords: (task) => titles.get(task) ?? [],
    rarity: (word) => Math.log((tasks.length + 1) / ((frequency.get(word) ?? 0) + 0.5)),
    umbrellasWith: (word) => postings.get(word) ?? [],
  };
}

/** What stands further down in a long body seldom says what a task is about. */
const MAX_TEXT_LENGTH = 16_000;

const ADDRESS_OR_NUMBER = /https?:\/\/\S+|#\d+/g;
const ID_OR_WORD = /[\p{L}\p{N}]+(?:[._-]+[\p{L}\p{N}]+)*/gu;
const WORD = /\p{L}[\p{L}\p{N}]+/gu;

/** The words of a text, each once, in lower case and without their plural s. */
export function wordsOf(text: string, named: NamedTasks): readonly string[] {
  const words = new Set<string>();
  for (const [token] of text.replace(ADDRESS_OR_NUMBER, ' ').matchAll(ID_OR_WORD)) {
    if (named.byId.has(plannedIdKey(token))) continue;
    for (const [word] of token.toLowerCase().matchAll(WORD)) {
      const stem = word.length > 3 && word.endsWith('s') ? word.slice(0, -1) : word;
      if (!COMMON.has(word)) words.add(stem);
    }
  }
  return [...words];
}

const COMMON = new Set(
  'the an and or of to in for on with is are be as by it this that from at not no we if when then than into via per use using new add all can should will must has have'.split(
    ' ',
  ),
);
