import { buildHistoryWorld, firstAskable, type HistoryChange } from './build-history-world.ts';
import { compareWaits, type WaitDifference } from './compare-waits.ts';
import { type Calendar, drawCalendars } from './draw-calendars.ts';
import { isOwn } from './is-own.ts';
import { OUR_POLICY } from './our-policy.ts';
import { buildReviewFigures, type ReviewFigures } from './review-figures.ts';
import type { ReviewPolicy } from './review-policy.ts';
import { buildReviewRecord, type ReviewRecord } from './review-record.ts';
import type { ReviewWorld } from './review-world.ts';
import { type Simulated, type SimulatedLoad, simulateReviews } from './simulate-reviews.ts';

export interface HistorySide {
  readonly figures: HistoryFigures;
  /** The busiest first, by work. Utilisation is over the days on which changes were opened, and may be above 1. */
  readonly loads: readonly SimulatedLoad[];
}

/** Quantiles are null where so many changes never got a review that they are beyond the end, `SETTLING_DAYS` after the last. */
export interface HistoryFigures extends Omit<ReviewFigures, 'p50Hours' | 'p95Hours'> {
  readonly p50Hours: number | null;
  readonly p95Hours: number | null;
}

/** Today's way and ours, both replayed, on the same supposed world, at one share of everybody's time. */
export interface HistoryComparison {
  readonly utilisation: number;
  readonly today: HistorySide;
  readonly ours: HistorySide;
  /** What got no review counts as having waited until the end of the replay. */
  readonly difference: WaitDifference;
}

/** Why the figures are no measurement; `count` of what. */
export type HistoryDoubt =
  /** Always: how much time people have is not in the record, so two shares are supposed. */
  | { readonly kind: 'utilisation_supposed' }
  /** Always: when people sit down to review is drawn. */
  | { readonly kind: 'hours_drawn' }
  | { readonly kind: 'few_changes'; readonly count: number }
  | { readonly kind: 'few_reviewers'; readonly count: number }
  /** Changes whose first reviewer is outside the pool, or that nobody reviewed: drawn for today's way. */
  | { readonly kind: 'first_reviewer_drawn'; readonly count: number }
  /** Changes that the only one in the pool wrote or opened: nobody can review them on either side. */
  | { readonly kind: 'sole_reviewer_wrote'; readonly count: number; readonly login: string };

export type HistorySimulation =
  | { readonly kind: 'too_little'; readonly changes: number }
  | {
      readonly kind: 'simulated';
      readonly changes: number;
      readonly from: string;
      readonly until: string;
      /** Null where no first review has a time. */
      readonly record: ReviewRecord | null;
      readonly comparisons: readonly HistoryComparison[];
      readonly doubts: readonly HistoryDoubt[];
    };

/** Calm and busy: as in the benchmark. */
const UTILISATIONS = [0.6, 0.8];
const FEW_CHANGES = 100;
const FEW_REVIEWERS = 4;

/**
 * What a repository's own past would have been like: with each change given to whoever really reviewed it first, and given
 * out our way, under the same supposed budgets, hours and absences. Nobody is told of absences on either side. The same seed
 * gives the same figures. `too_little` where nobody gave three first reviews.
 */
export function simulateHistory(history: readonly HistoryChange[], seed = 1): HistorySimulation {
  const world = buildHistoryWorld(history, seed);
  if (world === null) return { kind: 'too_little', changes: history.length };
  const today = todaysWay(history, world);
  const calendars = drawCalendars(world);
  const replay = (policy: ReviewPolicy, utilisation: number): Simulated =>
    simulateReviews(world, calendars, { policy, utilisation, absences: 'hidden', noise: 0, seed });
  const sideOf = (simulated: Simulated, utilisation: number): HistorySide => {
    const loads = whileArriving(simulated.loads, { world, calendars, utilisation });
    return {
      figures: figuresOf({ ...simulated, loads }),
      loads: loads.toSorted((one, other) => other.taken - one.taken),
    };
  };
  return {
    kind: 'simulated',
    changes: world.changes.length,
    from: world.start,
    until: world.arrivalsUntil,
    record: buildReviewRecord(history),
    comparisons: UTILISATIONS.map((utilisation) => {
      const ways = { today: replay(today.policy, utilisation), ours: replay(OUR_POLICY, utilisation) };
      return {
        utilisation,
        today: sideOf(ways.today, utilisation),
        ours: sideOf(ways.ours, utilisation),
        difference: compareWaits(waitPairs(world, ways), seed),
      };
    }),
    doubts: doubtsOf(world, today.drawn),
  };
}

function waitPairs(world: ReviewWorld, ways: { readonly today: Simulated; readonly ours: Simulated }) {
  const waitsOf = ({ reviews }: Simulated) => new Map(reviews.map(({ number, waitHours }) => [number, waitHours]));
  const [today, ours] = [waitsOf(ways.today), waitsOf(ways.ours)];
  const end = Date.parse(world.end);
  return world.changes.map(({ number, openedAt }) => {
    const opened = Date.parse(openedAt);
    const never = (end - opened) / 3_600_000;
    return {
      week: Math.floor(opened / WEEK_MS),
      today: today.get(number) ?? never,
      ours: ours.get(number) ?? never,
    };
  });
}

const WEEK_MS = 7 * 86_400_000;

interface Replayed {
  readonly world: ReviewWorld;
  readonly calendars: readonly Calendar[];
  readonly utilisation: number;
}

/** The days of settling after the last change are no time that anybody was there for it. */
function whileArriving(
  loads: readonly SimulatedLoad[],
  { world, calendars, utilisation }: Replayed,
): readonly SimulatedLoad[] {
  const hours = (Date.parse(world.arrivalsUntil) - Date.parse(world.start)) / 3_600_000;
  const there = new Map(
    world.reviewers.map(({ id, budgetPerReviewDayAtFullUtilisation }, place) => {
      const days = calendars[place]?.isReviewing.subarray(0, hours).reduce((sum, one) => sum + one, 0) ?? 0;
      return [id, days * (budgetPerReviewDayAtFullUtilisation / utilisation)];
    }),
  );
  return loads.map((load) => {
    const time = there.get(load.id) ?? 0;
    return { ...load, utilisation: time === 0 ? null : load.taken / time };
  });
}

function figuresOf(simulated: Parameters<typeof buildReviewFigures>[0]): HistoryFigures {
  const figures = buildReviewFigures(simulated, Number.POSITIVE_INFINITY);
  const known = (hours: number): number | null => (Number.isFinite(hours) ? hours : null);
  return { ...figures, p50Hours: known(figures.p50Hours), p95Hours: known(figures.p95Hours) };
}

interface TodaysWay {
  readonly policy: ReviewPolicy;
  /** Changes whose first reviewer is not in the pool. */
  readonly drawn: number;
}

/** Today's way: whoever really reviewed first is asked; where that one is not there, anybody. */
function todaysWay(history: readonly HistoryChange[], world: ReviewWorld): TodaysWay {
  const pool = new Set(world.reviewers.map(({ id }) => id));
  const firstOf = new Map(history.map((change) => [change.number, firstAskable(change)]));
  return {
    drawn: history.filter((change) => !pool.has(firstAskable(change) ?? '')).length,
    policy: {
      choose: ({ number }, candidates, { random }) =>
        candidates.find(({ id }) => id === firstOf.get(number)) ??
        candidates[Math.floor(random() * candidates.length)] ??
        null,
      arrangeQueue: null,
      urgency: null,
      planHandOffs: null,
    },
  };
}

function doubtsOf({ changes, reviewers }: ReviewWorld, drawn: number): readonly HistoryDoubt[] {
  const sole = reviewers.length === 1 ? reviewers[0] : undefined;
  const own = sole === undefined ? 0 : changes.filter((change) => isOwn(change, sole.id)).length;
  return [
    { kind: 'utilisation_supposed' },
    { kind: 'hours_drawn' },
    ...(changes.length < FEW_CHANGES ? [{ kind: 'few_changes', count: changes.length } as const] : []),
    ...(reviewers.length < FEW_REVIEWERS ? [{ kind: 'few_reviewers', count: reviewers.length } as const] : []),
    ...(drawn > 0 ? [{ kind: 'first_reviewer_drawn', count: drawn } as const] : []),
    ...(sole !== undefined && own > 0 ? [{ kind: 'sole_reviewer_wrote', count: own, login: sole.id } as const] : []),
  ];
}
