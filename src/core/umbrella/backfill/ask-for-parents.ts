import { refKey } from '../../task/identity.ts';
import type { BackfillTask, UmbrellaMarks } from './backfill-task.ts';
import type { Choice } from './choice-model.ts';
import { compareRefs, compareTexts } from './link-proposal.ts';
import { findUmbrellas } from './looks-like-umbrella.ts';
import type { NamedTasks } from './named-tasks.ts';
import {
  type History,
  linkedTasks,
  NONE_FEATURES,
  PAIR_FEATURES,
  pairFeatures,
  sharesOf,
  type TimedTask,
  timed,
} from './pair-features.ts';
import { indexTexts } from './text-index.ts';
import { buildTimeline, placeOf, secondsOf } from './timeline.ts';

/** Which umbrella a task belongs to, if to any. */
export interface ParentQuestion {
  readonly task: BackfillTask;
  /** The umbrellas that come into question, in the order of the choice. */
  readonly umbrellas: readonly BackfillTask[];
  /** `refKey` of each of them. */
  readonly keys: readonly string[];
  readonly choice: Choice;
  /** `refKey` of the tasks that block it or are blocked by it. */
  readonly linked: ReadonlySet<string>;
}

interface AskOptions {
  readonly marks: UmbrellaMarks;
  readonly named: NamedTasks;
}

/** One question a task, sorted by repository and number: recorded parents play no part in them. */
export function askForParents(tasks: readonly BackfillTask[], { marks, named }: AskOptions): readonly ParentQuestion[] {
  const umbrellas = [...findUmbrellas(tasks, marks)].sort(compareUmbrellas);
  const history: History = {
    timeline: buildTimeline(tasks),
    umbrellaTimeline: buildTimeline(umbrellas),
    texts: indexTexts(tasks, umbrellas, named),
    marks,
    shares: sharesOf(tasks),
    size: tasks.length,
  };
  const context: Context = {
    history,
    umbrellas,
    timedUmbrellas: umbrellas.map(timed),
    keys: umbrellas.map(({ ref }) => refKey(ref)),
    moments: umbrellas.map(({ createdAt }) => secondsOf(createdAt) ?? Number.POSITIVE_INFINITY),
    linked: linkedTasks(tasks),
    isUmbrella: new Set(umbrellas),
  };
  return [...tasks].sort((one, other) => compareRefs(one.ref, other.ref)).map((task) => ask(task, context));
}

/** By time, those of unknown time last; it decides only which of many equal ones come into question. */
function compareUmbrellas(one: BackfillTask, other: BackfillTask): number {
  const [a, b] = [secondsOf(one.createdAt), secondsOf(other.createdAt)];
  if (a !== null && b !== null && a !== b) return a - b;
  return (
    Number(a === null) - Number(b === null) || compareTexts(one.title, other.title) || compareRefs(one.ref, other.ref)
  );
}

interface Context {
  readonly history: History;
  readonly umbrellas: readonly BackfillTask[];
  readonly timedUmbrellas: readonly TimedTask[];
  readonly keys: readonly string[];
  /** When each was created, in seconds. */
  readonly moments: readonly number[];
  readonly linked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly isUmbrella: ReadonlySet<BackfillTask>;
}

function ask(task: BackfillTask, context: Context): ParentQuestion {
  const words = wordShares(task, context);
  const places = [...new Set([...nearestPlaces(task, context), ...mostAlike(words)])].sort((one, other) => one - other);
  const chosen = places.filter((place) => context.umbrellas[place] !== task);
  const linked = context.linked.get(refKey(task.ref)) ?? new Set();
  const pairs = new Float64Array(chosen.length * PAIR_FEATURES.length);
  const own = timed(task);
  for (const [row, place] of chosen.entries()) {
    const umbrella = context.timedUmbrellas[place];
    if (umbrella === undefined) continue;
    const features = pairFeatures(own, umbrella, { history: context.history, words: words.get(place) ?? 0 });
    let at = row * PAIR_FEATURES.length;
    for (const name of PAIR_FEATURES) pairs[at++] = features[name];
  }
  const umbrellas = chosen.flatMap((place) => context.umbrellas[place] ?? []);
  const keys = chosen.map((place) => context.keys[place] ?? '');
  const none = noneFeatures(task, linked.size > 0, context);
  return { task, umbrellas, keys, choice: { pairs, pairWidth: PAIR_FEATURES.length, none }, linked };
}

function noneFeatures(task: BackfillTask, isLinked: boolean, { isUmbrella }: Context): Float64Array {
  const features: Readonly<Record<(typeof NONE_FEATURES)[number], number>> = {
    always: 1,
    umbrella: Number(isUmbrella.has(task)),
    linked: Number(isLinked),
    kin: 0,
  };
  return Float64Array.from(NONE_FEATURES, (name) => features[name]);
}

/** By place of the umbrella: which share of the rarity of the task's title its text holds. */
function wordShares(task: BackfillTask, { history: { texts } }: Context): ReadonlyMap<number, number> {
  const words = texts.titleWords(task);
  const whole = words.reduce((sum, word) => sum + texts.rarity(word), 0);
  const shares = new Map<number, number>();
  for (const word of words) {
    const share = texts.rarity(word) / whole;
    for (const place of texts.umbrellasWith(word)) shares.set(place, (shares.get(place) ?? 0) + share);
  }
  return shares;
}

/** So few come into question for each task that a history of 10,000 is ranked in seconds. */
const NEAREST = 25;
const MOST_ALIKE = 10;
const MAX_EQUAL = 100;

function nearestPlaces(task: BackfillTask, { moments }: Context): readonly number[] {
  const created = secondsOf(task.createdAt);
  if (created === null) return [];
  const distance = (place: number): number => Math.abs((moments[place] ?? Number.POSITIVE_INFINITY) - created);
  const places: number[] = [];
  let after = placeOf(moments, created);
  let before = after - 1;
  for (let reach = 0; places.length < MAX_EQUAL; ) {
    const [next, other] = distance(after) < distance(before) ? [after, before] : [before, after];
    if (!Number.isFinite(distance(next)) || (places.length >= NEAREST && distance(next) > reach)) break;
    reach = distance(next);
    places.push(next);
    if (next > other) after += 1;
    else before -= 1;
  }
  return places;
}

function mostAlike(shares: ReadonlyMap<number, number>): readonly number[] {
  const sorted = [...shares].sort(([, one], [, other]) => other - one);
  const least = sorted[MOST_ALIKE - 1]?.[1] ?? 0;
  return sorted
    .filter(([, share]) => share >= least)
    .slice(0, MAX_EQUAL)
    .map(([place]) => place);
}
