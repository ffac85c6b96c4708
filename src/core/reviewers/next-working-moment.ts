import type { Instant } from '../task/facts.ts';
import type { Absence, WorkingHours } from './review-facts.ts';
import { localDay, weekdayOf, zoneOffsetMinutes } from './zone-offset.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** For whom no hours are known: any time from Monday to Friday, UTC. */
export const ASSUMED_HOURS: WorkingHours = { timeZone: 'UTC', days: [1, 2, 3, 4, 5], from: 0, to: 24 };

/** Beyond a week every day of the week was tried; the days more are for yesterday's, and for what a change of clocks swallows. */
const DAYS_AHEAD = 9;

/**
 * Hours from `now` until somebody next works: 0 within working hours. Whoever is `off` works after the absence; `finish_only`
 * goes on working. Infinite for an absence without an end, and where no day is a working day.
 */
export function hoursUntilWork(
  { hours, absences }: { readonly hours: WorkingHours | null; readonly absences: readonly Absence[] },
  now: Instant,
): number {
  const start = Date.parse(now);
  const moment = nextPresentMoment(hours ?? ASSUMED_HOURS, absences, start);
  return (moment - start) / HOUR_MS;
}

function nextPresentMoment(hours: WorkingHours, absences: readonly Absence[], start: number): number {
  let moment = nextWorkingMoment(hours, start);
  // Each round leaves one absence behind.
  for (let round = 0; round <= absences.length && Number.isFinite(moment); round += 1) {
    const end = endOfAbsence(absences, moment);
    if (end === null) return moment;
    moment = nextWorkingMoment(hours, end);
  }
  return moment;
}

/** When the absence `off` that covers a moment ends; null where none does. */
function endOfAbsence(absences: readonly Absence[], moment: number): number | null {
  const ends = absences
    .filter(({ level, from }) => level === 'off' && Date.parse(from) <= moment)
    .map(({ until }) => (until === null ? Number.POSITIVE_INFINITY : Date.parse(until)))
    .filter((end) => end > moment);
  return ends.length === 0 ? null : Math.max(...ends);
}

/** The first moment of work at or after `moment`, both milliseconds since 1970; by the clocks of the person's own zone. */
export const nextWorkingMoment = (hours: WorkingHours, moment: number): number =>
  workSpanAt(hours, moment)?.from ?? Number.POSITIVE_INFINITY;

/** Hours of work between two moments, milliseconds since 1970. */
export function workingHoursBetween(hours: WorkingHours, from: number, to: number): number {
  let worked = 0;
  for (let span = workSpanAt(hours, from); span !== null && span.from < to; span = workSpanAt(hours, span.to))
    worked += Math.min(to, span.to) - span.from;
  return worked / HOUR_MS;
}

/** The moment at which so many hours of work have passed since `from`, both milliseconds since 1970. */
export function afterWorkingHours(hours: WorkingHours, from: number, count: number): number {
  let left = count * HOUR_MS;
  for (let span = workSpanAt(hours, from); span !== null; span = workSpanAt(hours, span.to)) {
    if (left <= span.to - span.from) return span.from + left;
    left -= span.to - span.from;
  }
  return Number.POSITIVE_INFINITY;
}

/** What is left of the work that goes on at a moment, else the next; null where no day is a working day. */
function workSpanAt({ timeZone, days, from, to }: WorkingHours, moment: number): WorkSpan | null {
  if (!Number.isFinite(moment)) return null;
  // From yesterday: its work may go on after midnight, and the offset may differ over the day.
  const firstDay = localDay(timeZone, moment) - 1;
  for (let day = firstDay; day <= firstDay + DAYS_AHEAD; day += 1) {
    if (!days.includes(weekdayOf(day))) continue;
    const end = momentOf(timeZone, day * DAY_MS + millisecondsOf(to));
    if (end > moment)
      return { from: Math.max(moment, momentOf(timeZone, day * DAY_MS + millisecondsOf(from))), to: end };
  }
  return null;
}

/** Milliseconds since 1970. */
interface WorkSpan {
  readonly from: number;
  readonly to: number;
}

/** Twenty minutes past are a fraction that no number holds exactly. */
const millisecondsOf = (hours: number): number => Math.round(hours * 60) * MINUTE_MS;

/**
 * The moment at which the clocks of a zone show a time. Where they skip it, as much later as they skip; where they show it
 * twice, the first.
 */
function momentOf(timeZone: string, shown: number): number {
  const before = shown - zoneOffsetMinutes(timeZone, shown - DAY_MS) * MINUTE_MS;
  if (before + zoneOffsetMinutes(timeZone, before) * MINUTE_MS === shown) return before;
  const after = shown - zoneOffsetMinutes(timeZone, shown + DAY_MS) * MINUTE_MS;
  return after + zoneOffsetMinutes(timeZone, after) * MINUTE_MS === shown ? after : before;
}

/**
 * The day, since 1970-01-01 by the clocks there, to whose work a moment (milliseconds since 1970) belongs: until hours over
 * midnight end, the day before.
 */
export const workingDayOf = ({ timeZone, to }: WorkingHours, moment: number): number =>
  Math.floor(
    (moment + zoneOffsetMinutes(timeZone, moment) * MINUTE_MS - Math.max(0, millisecondsOf(to - 24))) / DAY_MS,
  );

/** The moment in the middle of the work of such a day, milliseconds since 1970. */
export const middleOfWork = ({ timeZone, from, to }: WorkingHours, day: number): number =>
  momentOf(timeZone, day * DAY_MS + millisecondsOf((from + to) / 2));
