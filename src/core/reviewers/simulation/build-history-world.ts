import { instantAt } from '../../instant-at.ts';
import { seededRandom } from '../../seeded-random.ts';
import type { Instant } from '../../task/facts.ts';
import { accountOfAgent } from '../agent-of-pull.ts';
import { effortOfChange } from '../effort-of-change.ts';
import { type FolderTouches, familiarityWith, indexTouches } from '../familiarity.ts';
import { loginKey } from '../past-change.ts';
import { isOwn } from './is-own.ts';
import type { ReviewWorld, WorldChange, WorldReviewer } from './review-world.ts';

/** A change of a repository's past, as a row of a trace. */
export interface HistoryChange {
  readonly number: number;
  /** The agent's name where one wrote it. */
  readonly author: string;
  /** The account that opened it; absent: the author. */
  readonly openedBy?: string | null | undefined;
  /** Who reviewed it, the first one first. */
  readonly reviewers: readonly string[];
  readonly openedAt: Instant;
  /** When the first of them reviewed it; left out, or null, where that is not known. */
  readonly firstReviewAt?: Instant | null | undefined;
  /** When it was merged, else when it was last touched. */
  readonly mergedAt: Instant;
  readonly changedLines: number;
  readonly changedLinesByDirectory: Readonly<Record<string, number>>;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** From the reference model, but for `FEWEST_REVIEWS`: there 20, which leaves nobody in a small repository. */
const MOST_REVIEWERS = 20;
const FEWEST_REVIEWS = 3;
const LONGEST_OPEN_DAYS = 45;
const JOINED_DAYS_BEFORE = 14;
const LEFT_DAYS_AFTER = 30;
const GAP_DAYS = 14;
const GONE_AFTER_DAYS = 2;
/** So long the world goes on after the last change was opened. */
export const SETTLING_DAYS = 40;
const ZONES = [-8, -5, 0, 1, 2, 8];

/**
 * The world that a repository's past lets suppose, by the rules of the reference model: who reviews first at least three times
 * belongs to the pool, the twenty busiest of them; they are there from two weeks before their first review to a month after
 * the last; two weeks without a sign are an absence; the budget grows with the root of the rate of first reviews. Hours of
 * review are drawn from the seed. Null where nobody reviewed three changes.
 */
export function buildHistoryWorld(history: readonly HistoryChange[], seed: number): ReviewWorld | null {
  const changes = history.map(openedInTime).toSorted((one, other) => one.opened - other.opened);
  const counts = new Map<string, number>();
  for (const { change } of changes) {
    const first = firstAskable(change);
    if (first !== null) counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const pool = [...counts]
    .filter(([, count]) => count >= FEWEST_REVIEWS)
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, MOST_REVIEWERS);
  const [first, last] = [changes[0], changes.at(-1)];
  if (pool.length === 0 || first === undefined || last === undefined) return null;
  const start = Math.floor(first.opened / DAY_MS) * DAY_MS;
  const until = Math.ceil((last.opened + 1) / DAY_MS) * DAY_MS;
  const span = { start, until, hours: (until - start) / HOUR_MS + SETTLING_DAYS * 24 };
  const random = seededRandom(seed);
  const drawn = pool.map(([id, count]) => drawReviewer(id, { changes, span, random, count }));
  const arrivals = worldChanges(
    changes,
    pool.map(([id]) => id),
  );
  const work = arrivals.reduce((sum, change) => sum + change.work, 0) * UNFAMILIAR_WORK;
  return {
    start: instantAt(start),
    arrivalsUntil: instantAt(until),
    end: instantAt(start + span.hours * HOUR_MS),
    hours: span.hours,
    reviewers: scaled(drawn, work, (until - start) / HOUR_MS),
    changes: arrivals,
  };
}

/** Who reviewed first of those whom GitHub could have been told to ask; null where nobody of them did. */
export const firstAskable = (change: HistoryChange): string | null =>
  change.reviewers.find((id) => !isOwn(change, id)) ?? null;

interface Opened {
  readonly change: HistoryChange;
  /** Milliseconds. */
  readonly opened: number;
  readonly merged: number;
}

/** What was open for very long was not in review all the time. */
function openedInTime(change: HistoryChange): Opened {
  const merged = Date.parse(change.mergedAt);
  const opened = Math.min(merged, Math.max(Date.parse(change.openedAt), merged - LONGEST_OPEN_DAYS * DAY_MS));
  return { change, opened, merged };
}

interface Draw {
  readonly changes: readonly Opened[];
  readonly span: { readonly start: number; readonly until: number; readonly hours: number };
  readonly random: () => number;
  /** First reviews. */
  readonly count: number;
}

interface Drawn {
  readonly reviewer: WorldReviewer;
  readonly weight: number;
}

function drawReviewer(id: string, { changes, span, random, count }: Draw): Drawn {
  const { start, until, hours } = span;
  const reviewed = changes.filter(({ change }) => change.reviewers.includes(id)).map(({ merged }) => merged);
  const signs = changes.filter(({ change }) => change.author === id || change.reviewers.includes(id));
  const latest = Math.max(...reviewed) + LEFT_DAYS_AFTER * DAY_MS;
  const from = hourOf(Math.min(...reviewed) - JOINED_DAYS_BEFORE * DAY_MS, span);
  const to = latest >= until - LEFT_DAYS_AFTER * DAY_MS ? hours : hourOf(latest, span);
  const away = gapsBetween(
    [start, ...signs.map(({ merged }) => merged).filter((one) => one >= start && one < until), until],
    span,
  );
  const timeZoneOffsetHours = ZONES[Math.floor(random() * ZONES.length)] ?? 0;
  const reviewHours = drawReviewHours({ from, to, away, start, zone: timeZoneOffsetHours }, random);
  return {
    reviewer: {
      id,
      timeZoneOffsetHours,
      budgetPerReviewDayAtFullUtilisation: 1,
      member: [[from, to]],
      away,
      reviewHours,
    },
    weight: Math.sqrt(count / Math.max(1, to - from)),
  };
}

const hourOf = (time: number, { start, hours }: Draw['span']): number =>
  Math.min(hours, Math.max(0, Math.ceil((time - start) / HOUR_MS)));

function gapsBetween(times: readonly number[], span: Draw['span']): [number, number][] {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted.flatMap((time, place): [number, number][] => {
    const before = sorted[place - 1];
    if (before === undefined || time - before < GAP_DAYS * DAY_MS) return [];
    return [[hourOf(before + GONE_AFTER_DAYS * DAY_MS, span), hourOf(time, span)]];
  });
}

interface Presence {
  readonly from: number;
  readonly to: number;
  readonly away: readonly (readonly [number, number])[];
  /** Milliseconds, at midnight UTC. */
  readonly start: number;
  readonly zone: number;
}

/** One hour of each working day there between 9 and 15, while present. */
function drawReviewHours({ from, to, away, start, zone }: Presence, random: () => number): number[] {
  const found: number[] = [];
  // Days since Monday, 1970-01-05.
  const firstDay = start / DAY_MS - 4;
  for (let day = Math.floor(from / 24) - 1; day * 24 <= to + 24; day += 1) {
    const hour = day * 24 + 9 + Math.floor(random() * 7) - zone;
    const isWorkingDay = (firstDay + day) % 7 < 5;
    const isThere = hour >= from && hour < to && !away.some(([begin, end]) => hour >= begin && hour < end);
    if (isWorkingDay && isThere) found.push(hour);
  }
  return found;
}

function worldChanges(changes: readonly Opened[], pool: readonly string[]): WorldChange[] {
  const touches = touchesOf(changes);
  return changes.map(({ change, opened }) => {
    const lines = new Map(Object.entries(change.changedLinesByDirectory));
    const familiarity = familiarityWith(lines, touches, instantAt(opened));
    return {
      number: change.number,
      author: spelled(accountOfAgent(change.author), pool) ?? change.author,
      openedBy: spelled(change.openedBy ?? '', pool) ?? null,
      openedAt: instantAt(opened),
      work: effortOfChange(change.changedLines),
      familiarity: Object.fromEntries(
        pool.flatMap((id) => {
          const share = familiarity.get(loginKey(id));
          return share === undefined ? [] : [[id, share]];
        }),
      ),
    };
  });
}

/** Somebody of the pool, as the pool spells them. */
const spelled = (name: string, pool: readonly string[]): string | undefined =>
  pool.find((id) => loginKey(id) === loginKey(name));

const touchesOf = (changes: readonly Opened[]): FolderTouches =>
  indexTouches(
    changes.map(({ change, merged }) => ({
      author: change.author,
      at: instantAt(merged),
      changedLines: change.changedLines,
      changedLinesByFolder: new Map(Object.entries(change.changedLinesByDirectory)),
      reviews: change.reviewers.map((login) => ({ login, at: instantAt(merged) })),
    })),
  );

/** Who knows a change only a little takes longer for it; the reference model expects a tenth more for all together. */
const UNFAMILIAR_WORK = 1.1;

/** Budgets such that all work fits exactly into the hours of review until arrivals end. */
function scaled(drawn: readonly Drawn[], work: number, hours: number): WorldReviewer[] {
  const capacity = drawn.reduce(
    (sum, { reviewer, weight }) => sum + weight * reviewer.reviewHours.filter((hour) => hour < hours).length,
    0,
  );
  return drawn.map(({ reviewer, weight }) => ({
    ...reviewer,
    budgetPerReviewDayAtFullUtilisation: (weight * work) / Math.max(1e-9, capacity),
  }));
}
