import { plannedIdKey } from '../../task/planned-id.ts';
import type { BackfillTask } from './backfill-task.ts';
import type { NamedTasks } from './named-tasks.ts';

/** How the texts of a history resemble each other; words count by how rare they are among all tasks. */
export interface TextIndex {
  /** By place of the umbrella in the list that was given: which share of the rarity of a task's title its text holds. */
  readonly umbrellasLike: (task: BackfillTask) => Float64Array;
  /** Which share of the rarity of one task's title another's text holds. */
  readonly titleHeldBy: (one: BackfillTask, other: BackfillTask) => number;
  /** The cosine of both texts, titles included, 0–1. */
  readonly textsAlike: (one: BackfillTask, other: BackfillTask) => number;
}

/** Ids and references are no words here, so that no link shows through. */
export function indexTexts(
  tasks: readonly BackfillTask[],
  umbrellas: readonly BackfillTask[],
  named: NamedTasks,
): TextIndex {
  const places = new Map(umbrellas.map((umbrella, place) => [umbrella, place]));
  const numbers = new Map<string, number>();
  const frequency: number[] = [];
  const postings: number[][] = [];
  const titles = new Map<BackfillTask, Int32Array>();
  const texts = new Map<BackfillTask, Int32Array>();
  const numberOf = (word: string): number => {
    const known = numbers.get(word) ?? numbers.size;
    numbers.set(word, known);
    return known;
  };
  for (const task of tasks) {
    const title = Int32Array.from(wordsOf(task.title, named), numberOf).sort();
    const body = wordsOf(task.body.slice(0, MAX_TEXT_LENGTH), named).slice(0, MAX_WORDS).map(numberOf);
    const text = Int32Array.from(new Set([...title, ...body])).sort();
    titles.set(task, title);
    texts.set(task, text);
    const place = places.get(task);
    for (const word of text) {
      frequency[word] = (frequency[word] ?? 0) + 1;
      if (place === undefined) continue;
      const posting = postings[word];
      if (posting === undefined) postings[word] = [place];
      else posting.push(place);
    }
  }
  const rarity = Float64Array.from(frequency, (count) => Math.log((tasks.length + 1) / (count + 0.5)));
  const squares = rarity.map((one) => one * one);
  const lengthOf = (words: Int32Array): number => Math.sqrt(sharedWeight(words, words, squares));
  const lengths = new Map([...texts].map(([task, words]) => [task, lengthOf(words)]));
  const wholes = new Map([...titles].map(([task, words]) => [task, sharedWeight(words, words, rarity)]));
  return {
    umbrellasLike: (task) => {
      const shares = new Float64Array(umbrellas.length);
      for (const word of titles.get(task) ?? NOTHING) {
        const share = (rarity[word] ?? 0) / (wholes.get(task) || 1);
        for (const place of postings[word] ?? []) shares[place] = (shares[place] ?? 0) + share;
      }
      return shares;
    },
    titleHeldBy: (one, other) =>
      sharedWeight(titles.get(one) ?? NOTHING, texts.get(other) ?? NOTHING, rarity) / (wholes.get(one) || 1),
    textsAlike: (one, other) =>
      sharedWeight(texts.get(one) ?? NOTHING, texts.get(other) ?? NOTHING, squares) /
      (lengths.get(one) || 1) /
      (lengths.get(other) || 1),
  };
}

const NOTHING = new Int32Array();

/** The weight of the words that stand in both sorted lists. */
function sharedWeight(one: Int32Array, other: Int32Array, weights: Float64Array): number {
  let weight = 0;
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    const [a, b] = [one[i] ?? 0, other[j] ?? 0];
    if (a === b) weight += weights[a] ?? 0;
    if (a <= b) i += 1;
    if (b <= a) j += 1;
  }
  return weight;
}

/** What stands further down in a long body seldom says what a task is about. */
const MAX_TEXT_LENGTH = 16_000;
const MAX_WORDS = 400;

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
