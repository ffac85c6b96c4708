import type { Instant } from '../task/facts.ts';
import type { WorkingHours } from './review-facts.ts';
import { localDay, weekdayOf } from './zone-offset.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Fewer acts, or acts on fewer days, tell nothing. Chosen, not measured. */
const FEWEST_ACTS = 20;
const FEWEST_DAYS = 5;
/** Summer time smears what is older than that over two hours. */
const REMEMBERED_DAYS = 120;
/** Below this share within the ten hours around work somebody is at it around the clock. */
const LEAST_WITHIN = 0.6;
/** A weekday counts from this share of the typical one on. */
const LEAST_OF_TYPICAL = 1 / 3;

const WORKDAY = { from: 9, to: 17 };

export interface InferredHours {
  readonly hours: WorkingHours;
  /** Acts that it was read from. */
  readonly evidence: number;
}

/**
 * When somebody works, from the times of what the person did (reviews, comments, commits, not what a machine did in their
 * name), over the last 120 days: 9 to 17 of the whole-hour offset from UTC under which most of it falls into those hours, and
 * the days of the week on which it happens. Null below 20 acts or 5 days of them, and where they show no such hours.
 *
 * The offset says when, not where: whoever works late has the offset of a place further west.
 */
export function inferHours(acts: readonly Instant[], now: Instant): InferredHours | null {
  const end = Date.parse(now);
  const times = acts.map((at) => Date.parse(at)).filter((time) => time <= end && time > end - REMEMBERED_DAYS * DAY_MS);
  const daysActive = new Set(times.map((time) => Math.floor(time / DAY_MS))).size;
  if (times.length < FEWEST_ACTS || daysActive < FEWEST_DAYS) return null;
  const byHour = hoursOfDay(times);
  const offset = bestOffset(byHour);
  if (shareWithin(byHour, offset) < LEAST_WITHIN) return null;
  const timeZone = offsetName(offset);
  return { hours: { timeZone, days: activeDays(times, timeZone), ...WORKDAY }, evidence: times.length };
}

/** How many acts there are in each hour of the day, UTC. One busy hour counts by its root, so that no session decides alone. */
function hoursOfDay(times: readonly number[]): readonly number[] {
  const inHour = new Map<number, number>();
  for (const time of times) {
    const hour = Math.floor(time / HOUR_MS);
    inHour.set(hour, (inHour.get(hour) ?? 0) + 1);
  }
  const byHour = Array.from({ length: 24 }, () => 0);
  for (const [hour, count] of inHour) byHour[hour % 24] = (byHour[hour % 24] ?? 0) + Math.sqrt(count);
  return byHour;
}

const OFFSETS = Array.from({ length: 24 }, (_, index) => index - 11).sort((a, b) => Math.abs(a) - Math.abs(b) || a - b);

function bestOffset(byHour: readonly number[]): number {
  const weightUnder = (offset: number): number =>
    byHour.reduce((sum, count, hour) => sum + count * weightOfHour((hour + offset + 24) % 24), 0);
  return OFFSETS.reduce((best, offset) => (weightUnder(offset) > weightUnder(best) + 1e-9 ? offset : best), 0);
}

/** Most of all within the hours of work; less in the hours next to them; the deep of the night speaks against. */
function weightOfHour(hour: number): number {
  if (hour >= WORKDAY.from && hour < WORKDAY.to) return 1;
  if (hour === WORKDAY.from - 1 || hour === WORKDAY.to) return 0.5;
  return hour < 6 ? -0.5 : 0;
}

function shareWithin(byHour: readonly number[], offset: number): number {
  const all = byHour.reduce((sum, count) => sum + count, 0);
  const within = byHour.filter((_, hour) => weightOfHour((hour + offset + 24) % 24) > 0);
  return within.reduce((sum, count) => sum + count, 0) / all;
}

/** On how many days of each name something happened decides, not how much. */
function activeDays(times: readonly number[], timeZone: string): readonly number[] {
  const counts = new Map<number, number>();
  for (const day of new Set(times.map((time) => localDay(timeZone, time))))
    counts.set(weekdayOf(day), (counts.get(weekdayOf(day)) ?? 0) + 1);
  const typical = [...counts.values()].sort((a, b) => b - a)[Math.min(2, counts.size - 1)] ?? 0;
  return [1, 2, 3, 4, 5, 6, 7].filter((day) => (counts.get(day) ?? 0) >= Math.max(1, typical * LEAST_OF_TYPICAL));
}

const offsetName = (offset: number): string =>
  `${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
