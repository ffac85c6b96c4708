import { refKey } from '../../task/identity.ts';
import type { BackfillTask, UmbrellaMarks } from './backfill-task.ts';
import type { Choice } from './choice-model.ts';
import { chooseUmbrellas, type UmbrellaKind } from './choose-umbrellas.ts';
import { compareRefs, compareTexts } from './link-proposal.ts';
import { linkedTasks } from './linked-tasks.ts';
import { findUmbrellas, isPlainUmbrella, type UmbrellaLook } from './looks-like-umbrella.ts';
import type { NamedTasks } from './named-tasks.ts';
import { NONE_FEATURES, type NoneFeature } from './none-features.ts';
import { type History, PAIR_FEATURES, pairFeatures, sharesOf, type TimedTask, timed } from './pair-features.ts';
import { indexTexts } from './text-index.ts';
import { buildTimeline, secondsOf } from './timeline.ts';

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

/** One question a task, sorted by repository and number: recorded parents play no part in its features. */
export function askForParents(tasks: readonly BackfillTask[], options: AskOptions): readonly ParentQuestion[] {
  const context = contextOf(tasks, options);
  return [...tasks].sort((one, other) => compareRefs(one.ref, other.ref)).map((task) => ask(task, context));
}

interface Context {
  readonly history: History;
  readonly looks: readonly UmbrellaLook[];
  readonly kinds: readonly UmbrellaKind[];
  readonly timedUmbrellas: readonly TimedTask[];
  readonly keys: readonly string[];
  readonly linked: ReadonlyMap<string, ReadonlySet<string>>;
  readonly blockers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly lookOf: ReadonlyMap<BackfillTask, UmbrellaLook>;
}

function contextOf(tasks: readonly BackfillTask[], { marks, named }: AskOptions): Context {
  const looks = [...findUmbrellas(tasks, marks)].sort((one, other) => compareUmbrellas(one.task, other.task));
  const plain = new Set(looks.filter(isPlainUmbrella).map(({ task }) => task));
  const umbrellas = looks.map(({ task }) => task);
  const timeline = buildTimeline(tasks);
  const history: History = {
    timeline,
    umbrellaTimeline: buildTimeline([...plain]),
    texts: indexTexts(tasks, umbrellas, named),
    marks,
    shares: sharesOf(tasks),
    size: tasks.length,
  };
  return {
    history,
    looks,
    kinds: [kindOf('plain', looks, isPlainUmbrella), kindOf('other', looks, (look) => !isPlainUmbrella(look))],
    timedUmbrellas: umbrellas.map(timed),
    keys: umbrellas.map(({ ref }) => refKey(ref)),
    linked: linkedTasks(tasks),
    blockers: new Map(tasks.map(({ ref, blockers }) => [refKey(ref), new Set(blockers.map(refKey))])),
    lookOf: new Map(looks.map((look) => [look.task, look])),
  };
}

/** By time, those of unknown time last; it decides only which of many equal ones come into question. */
function compareUmbrellas(one: BackfillTask, other: BackfillTask): number {
  const [a, b] = [secondsOf(one.createdAt), secondsOf(other.createdAt)];
  if (a !== null && b !== null && a !== b) return a - b;
  return (
    Number(a === null) - Number(b === null) || compareTexts(one.title, other.title) || compareRefs(one.ref, other.ref)
  );
}

function kindOf(
  name: UmbrellaKind['name'],
  looks: readonly UmbrellaLook[],
  belongs: (look: UmbrellaLook) => boolean,
): UmbrellaKind {
  const places = looks.flatMap((look, place) => (belongs(look) ? [place] : []));
  const moments = places.map((place) => secondsOf(looks[place]?.task.createdAt ?? null) ?? Number.POSITIVE_INFINITY);
  return { name, places, moments };
}

function ask(task: BackfillTask, context: Context): ParentQuestion {
  const own = timed(task);
  const shares = context.history.texts.umbrellasLike(task);
  const places = chooseUmbrellas(own.created, shares, context.kinds).filter(
    (place) => context.looks[place]?.task !== task,
  );
  const key = refKey(task.ref);
  const linked = context.linked.get(key) ?? new Set();
  const umbrellas = places.flatMap((place) => context.looks[place]?.task ?? []);
  const choice = {
    pairs: pairsOf(own, places, context),
    pairWidth: PAIR_FEATURES.length,
    none: noneFeatures(task, { isLinked: linked.size > 0, crowd: places.length, context }),
  };
  const keys = places.map((place) => context.keys[place] ?? '');
  return { task, umbrellas, keys, choice, linked };
}

function pairsOf(one: TimedTask, places: readonly number[], context: Context): Float64Array {
  const key = refKey(one.task.ref);
  const pairs = new Float64Array(places.length * PAIR_FEATURES.length);
  for (const [row, place] of places.entries()) {
    const [umbrella, look] = [context.timedUmbrellas[place], context.looks[place]];
    const other = context.keys[place];
    if (umbrella === undefined || look === undefined || other === undefined) continue;
    const isAwaited = context.blockers.get(other)?.has(key) === true;
    const waits = context.blockers.get(key)?.has(other) === true;
    const features = pairFeatures({ one, umbrella, look, isAwaited, waits }, context.history);
    let at = row * PAIR_FEATURES.length;
    for (const name of PAIR_FEATURES) pairs[at++] = features[name];
  }
  markLikest(pairs);
  return pairs;
}

const TEXTS = PAIR_FEATURES.indexOf('texts');
const LIKEST = PAIR_FEATURES.indexOf('likest');

function markLikest(pairs: Float64Array): void {
  let most = 0;
  for (let at = TEXTS; at < pairs.length; at += PAIR_FEATURES.length) most = Math.max(most, pairs[at] ?? 0);
  for (let at = 0; at < pairs.length; at += PAIR_FEATURES.length)
    pairs[at + LIKEST] = most > 0 && pairs[at + TEXTS] === most ? 1 : 0;
}

interface Standing {
  readonly isLinked: boolean;
  /** How many umbrellas come into question. */
  readonly crowd: number;
  readonly context: Context;
}

const LARGE_CROWD = 100;

function noneFeatures(task: BackfillTask, { isLinked, crowd, context }: Standing): Float64Array {
  const look = context.lookOf.get(task);
  const isPlain = look !== undefined && isPlainUmbrella(look);
  const features: Readonly<Record<NoneFeature, number>> = {
    always: 1,
    umbrella: Number(isPlain),
    maybe: Number(look !== undefined && !isPlain),
    linked: Number(isLinked),
    crowd: Math.min(1, Math.log1p(crowd) / Math.log1p(LARGE_CROWD)),
    unmarked: Number(context.kinds[0]?.places.length === 0),
    kin: 0,
  };
  return Float64Array.from(NONE_FEATURES, (name) => features[name]);
}
