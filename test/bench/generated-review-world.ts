import { instantAt } from '../../src/core/instant-at.ts';
import type { ReviewWorld, WorldChange, WorldReviewer } from '../../src/core/reviewers/simulation/review-world.ts';
import { seededRandom } from '../../src/core/seeded-random.ts';

/** What worlds differ in; everything else is drawn. */
export interface WorldShape {
  readonly seed: number;
  readonly pool: number;
  readonly days: number;
  readonly changesPerWorkingDay: number;
  /** Standard deviation of the logarithm of the paces: 0 for all alike. */
  readonly paceSpread: number;
  /** Share of the time that the one who is away most is away; others less, by their place. */
  readonly mostAway: number;
  /** Mean length of an absence in days; lengths have a heavy tail. */
  readonly awayDays: number;
  /** Folders that people know or do not. */
  readonly areas: number;
  /** Chance that somebody knows an area. */
  readonly knowing: number;
  /** How much busier the busiest weeks are: 0 for an even stream. */
  readonly surge: number;
}

const START = Date.UTC(2024, 0, 1);
const HOUR_MS = 3_600_000;
const ZONES = [-8, -5, 0, 1, 2, 8];

/** A world of the reference model's kind that comes from no repository; the same shape gives the same world. */
export function generateReviewWorld(shape: WorldShape): ReviewWorld {
  const random = seededRandom(shape.seed);
  const hours = (shape.days + 40) * 24;
  const drawn = Array.from({ length: shape.pool }, (_, place) => drawReviewer(place, { shape, random, hours }));
  const changes = drawChanges(drawn, { shape, random, hours });
  const work = changes.reduce((sum, change) => sum + change.work, 0) * 1.1;
  const capacity = drawn.reduce((sum, { reviewer, weight }) => sum + weight * reviewer.reviewHours.length, 0);
  return {
    start: instantAt(START),
    arrivalsUntil: instantAt(START + shape.days * 24 * HOUR_MS),
    end: instantAt(START + hours * HOUR_MS),
    hours,
    reviewers: drawn.map(({ reviewer, weight }) => ({
      ...reviewer,
      budgetPerReviewDayAtFullUtilisation: (weight * work) / capacity,
    })),
    changes,
  };
}

interface Draw {
  readonly shape: WorldShape;
  readonly random: () => number;
  readonly hours: number;
}

interface DrawnReviewer {
  readonly reviewer: WorldReviewer;
  readonly weight: number;
  readonly known: readonly boolean[];
}

const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function drawReviewer(place: number, { shape, random, hours }: Draw): DrawnReviewer {
  const zone = ZONES[Math.floor(random() * ZONES.length)] ?? 0;
  const joined = random() < 0.3 ? Math.floor(random() * hours * 0.6) : 0;
  const left = random() < 0.3 ? Math.floor(joined + (0.2 + 0.8 * random()) * (hours - joined)) : hours;
  const away = drawAbsences(joined, left, { shape: { ...shape, mostAway: shape.mostAway * random() }, random, hours });
  return {
    weight: Math.exp(shape.paceSpread * normal(random)),
    known: Array.from({ length: shape.areas }, () => random() < shape.knowing),
    reviewer: {
      id: `u${place}`,
      timeZoneOffsetHours: zone,
      budgetPerReviewDayAtFullUtilisation: 1,
      member: [[joined, left]],
      away: [...away],
      reviewHours: drawReviewHours({ zone, from: joined, to: left }, away, random),
    },
  };
}

function drawAbsences(from: number, to: number, { shape, random }: Draw): readonly [number, number][] {
  const intervals: [number, number][] = [];
  const { mostAway, awayDays } = shape;
  const presentDays = mostAway <= 0 ? Number.POSITIVE_INFINITY : (awayDays * (1 - mostAway)) / mostAway;
  // Pareto with the tail index 2: the mean is twice the least.
  const drawAway = (): number => (awayDays / 2 / Math.sqrt(1 - random())) * 24;
  const drawPresent = (): number => -Math.log(1 - random()) * presentDays * 24;
  for (let hour = from + drawPresent(); hour < to; hour += drawPresent()) {
    const end = Math.min(to, hour + drawAway());
    if (Math.floor(end) > Math.floor(hour)) intervals.push([Math.floor(hour), Math.floor(end)]);
    hour = end;
  }
  return intervals;
}

function drawReviewHours(
  { zone, from, to }: { readonly zone: number; readonly from: number; readonly to: number },
  away: readonly (readonly [number, number])[],
  random: () => number,
): number[] {
  const found: number[] = [];
  for (let day = Math.floor(from / 24) - 1; day * 24 < to + 24; day += 1) {
    // The first of January 2024 was a Monday.
    const hour = day * 24 + 9 + Math.floor(random() * 7) - zone;
    const isFree = hour >= from && hour < to && !away.some(([begin, end]) => hour >= begin && hour < end);
    if (((day % 7) + 7) % 7 < 5 && isFree) found.push(hour);
  }
  return found;
}

function drawChanges(people: readonly DrawnReviewer[], { shape, random }: Draw): WorldChange[] {
  const changes: WorldChange[] = [];
  for (let hour = 0; hour < shape.days * 24; hour += 1) {
    const isWeekend = Math.floor(hour / 24) % 7 >= 5;
    const surge = 1 + shape.surge * Math.sin((2 * Math.PI * hour) / (24 * 60)) ** 3;
    const rate = (shape.changesPerWorkingDay / 24) * (isWeekend ? 0.25 : 1.2) * surge;
    for (let left = Math.exp(-rate), chance = random(); chance > left; chance *= random())
      changes.push(drawChange(changes.length + 1, { hour, people, shape, random }));
  }
  return changes;
}

interface ChangeDraw {
  readonly hour: number;
  readonly people: readonly DrawnReviewer[];
  readonly shape: WorldShape;
  readonly random: () => number;
}

function drawChange(number: number, { hour, people, shape, random }: ChangeDraw): WorldChange {
  const areas = Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.floor(random() ** 2 * shape.areas));
  const lines = Math.min(5000, Math.exp(3.6 + 1.7 * normal(random)));
  const author = people[Math.floor(random() * people.length * 1.6)];
  const shares = people.map(({ reviewer, known }): [string, number] => [
    reviewer.id,
    areas.filter((area) => known[area]).length / areas.length,
  ]);
  return {
    number,
    author: author?.reviewer.id ?? `guest${number}`,
    openedAt: instantAt(START + (hour + random()) * HOUR_MS),
    work: 0.5 + Math.log2(2 + lines) / 8,
    familiarity: Object.fromEntries(shares.filter(([, share]) => share > 0)),
  };
}

/** Worlds to measure on where none is named: pools of 5 to 40, other paces, absences and knowledge. */
export const WORLD_SHAPES: Readonly<Record<string, WorldShape>> = {
  few: {
    ...{ seed: 11, pool: 5, days: 500, changesPerWorkingDay: 2, paceSpread: 0.5, mostAway: 0.4, awayDays: 15 },
    ...{ areas: 6, knowing: 0.7, surge: 0.3 },
  },
  middle: {
    ...{ seed: 12, pool: 12, days: 500, changesPerWorkingDay: 5, paceSpread: 0.7, mostAway: 0.8, awayDays: 30 },
    ...{ areas: 15, knowing: 0.35, surge: 0.5 },
  },
  many: {
    ...{ seed: 13, pool: 40, days: 300, changesPerWorkingDay: 14, paceSpread: 0.9, mostAway: 0.9, awayDays: 20 },
    ...{ areas: 40, knowing: 0.2, surge: 0.4 },
  },
  absent: {
    ...{ seed: 14, pool: 16, days: 500, changesPerWorkingDay: 4, paceSpread: 0.6, mostAway: 1, awayDays: 40 },
    ...{ areas: 10, knowing: 0.5, surge: 0.2 },
  },
};
