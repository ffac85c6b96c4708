import type { BackfillTask, UmbrellaMarks } from './backfill-task.ts';
import type { UmbrellaLook } from './looks-like-umbrella.ts';
import type { TextIndex } from './text-index.ts';
import { secondsOf, type Timeline } from './timeline.ts';

/**
 * What speaks for an umbrella, each from 0 to 1 and 0 where nothing is known. The last is known only after a first
 * answer. None of them looks at numbers, planned ids or the order in which tasks were given.
 */
export const PAIR_FEATURES = [
  /** Created in one burst: how short the longest silence between the two is, on a logarithmic scale up to a year. */
  'burst',
  /** How few other tasks were created between the two, up to 10,000. */
  'closeness',
  /** No other plain umbrella was created between the two, nor in the second of the task when this one was not. */
  'nearest',
  /** How long before its umbrella the task was created, up to a year. */
  'early',
  /** How much of the task's title stands in the umbrella's text, rare words counting more. */
  'words',
  /** How much of the umbrella's title stands in the task's text. */
  'theme',
  /** How alike both texts are. */
  'texts',
  /** No other umbrella's text is more like the task's. */
  'likest',
  /** Created after the umbrella was closed. */
  'late',
  /** Closed more than a minute after the umbrella was. */
  'outlives',
  /** Same author; worth less, the more that author writes. */
  'author',
  /** The rarest label that both carry. */
  'label',
  'milestone',
  /** The umbrella waits for the task. */
  'awaited',
  /** The task waits for the umbrella. */
  'waits',
  /** It carries a label or type of umbrellas. */
  'marked',
  /** Its title calls it an umbrella. */
  'called',
  'broad',
  'speaks',
  'lists',
  /** How probable the umbrella is for the tasks that block this one or are blocked by it. */
  'kin',
] as const;

export type PairFeature = (typeof PAIR_FEATURES)[number];

/** What the features are taken from. */
export interface History {
  readonly timeline: Timeline;
  /** Of the plain umbrellas alone. */
  readonly umbrellaTimeline: Timeline;
  readonly texts: TextIndex;
  readonly marks: UmbrellaMarks;
  /** Share of all tasks by `author:` or `label:` and a name in lower case. */
  readonly shares: ReadonlyMap<string, number>;
  readonly size: number;
}

const YEAR_SECONDS = 365 * 24 * 3_600;
const MANY_TASKS = 10_000;
const MINUTE_SECONDS = 60;

/** 0–1 on a logarithmic scale. */
const logShare = (value: number, full: number): number =>
  Math.min(1, Math.log1p(Math.max(0, value)) / Math.log1p(full));

/** A task with its times in seconds, so that they are read once. */
export interface TimedTask {
  readonly task: BackfillTask;
  readonly created: number | null;
  readonly closed: number | null;
}

export const timed = (task: BackfillTask): TimedTask => ({
  task,
  created: secondsOf(task.createdAt),
  closed: secondsOf(task.closedAt),
});

/** A task and what may be its umbrella. */
export interface Pair {
  readonly one: TimedTask;
  readonly umbrella: TimedTask;
  readonly look: UmbrellaLook;
  readonly isAwaited: boolean;
  readonly waits: boolean;
}

/** One literal and no spreading: a history of 10,000 tasks has half a million pairs. `likest` is left to the caller. */
export function pairFeatures(pair: Pair, history: History): Record<PairFeature, number> {
  const { one, umbrella, look } = pair;
  const { task, created, closed } = one;
  const { created: opened, closed: ended } = umbrella;
  const isTimed = created !== null && opened !== null;
  const { timeline, umbrellaTimeline, texts } = history;
  return {
    burst: isTimed ? 1 - logShare(timeline.longestSilence(created, opened), YEAR_SECONDS) : 0,
    closeness: isTimed ? 1 - logShare(timeline.countBetween(created, opened), MANY_TASKS) : 0,
    nearest: isTimed && umbrellaTimeline.countFrom(created, opened) === 0 ? 1 : 0,
    early: isTimed ? logShare(opened - created, YEAR_SECONDS) : 0,
    words: texts.titleHeldBy(task, umbrella.task),
    theme: texts.titleHeldBy(umbrella.task, task),
    texts: texts.textsAlike(task, umbrella.task),
    likest: 0,
    late: created !== null && ended !== null && ended < created ? 1 : 0,
    outlives: closed !== null && ended !== null && closed > ended + MINUTE_SECONDS ? 1 : 0,
    author: sharedAuthor(task, umbrella.task, history),
    label: task.labels.length === 0 ? 0 : sharedLabel(task, umbrella.task, history),
    milestone: task.milestone !== null && task.milestone === umbrella.task.milestone ? 1 : 0,
    awaited: Number(pair.isAwaited),
    waits: Number(pair.waits),
    marked: Number(look.isMarked),
    called: Number(look.isCalled),
    broad: Number(look.isBroad),
    speaks: Number(look.speaks),
    lists: Number(look.lists),
    kin: 0,
  };
}

function sharedAuthor(task: BackfillTask, umbrella: BackfillTask, { shares }: History): number {
  const author = task.author?.toLowerCase();
  if (author === undefined || author !== umbrella.author?.toLowerCase()) return 0;
  return 1 - (shares.get(`author:${author}`) ?? 0);
}

function sharedLabel(task: BackfillTask, umbrella: BackfillTask, { shares, marks, size }: History): number {
  const ofUmbrella = new Set(umbrella.labels.map((label) => label.toLowerCase()));
  for (const mark of marks.labels) ofUmbrella.delete(mark.toLowerCase());
  const rarities = task.labels
    .map((label) => label.toLowerCase())
    .filter((label) => ofUmbrella.has(label))
    .map((label) => -Math.log(shares.get(`label:${label}`) ?? 1) / Math.log(Math.max(2, size)));
  return Math.min(1, Math.max(0, ...rarities));
}

/** Shares of authors and labels among all tasks. */
export function sharesOf(tasks: readonly BackfillTask[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { author, labels } of tasks) {
    const names = labels.map((label) => `label:${label.toLowerCase()}`);
    if (author !== null) names.push(`author:${author.toLowerCase()}`);
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].map(([name, count]) => [name, count / tasks.length]));
}
