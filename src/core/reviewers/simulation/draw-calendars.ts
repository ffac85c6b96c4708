import type { ReviewWorld, WorldReviewer } from './review-world.ts';

/** Hour by hour since the start of the world. */
export interface Calendar {
  readonly isMember: Uint8Array;
  readonly isAway: Uint8Array;
  /** Office hours, Monday to Friday from 9 to 17 there, whether away or not. */
  readonly isOffice: Uint8Array;
  /** Sits down to review. */
  readonly isReviewing: Uint8Array;
  /** Hours until the next office hour; 0 within one, at most 80. */
  readonly untilOffice: Uint8Array;
  /** The hour of the day there, 0 to 23. */
  readonly hourOfDay: Uint8Array;
  readonly isWorkingDay: Uint8Array;
}

/** The first weekday of office hours and their first and last moment, as in the reference model. */
const OFFICE = { from: 9, to: 17 };
const MOST_HOURS_AHEAD = 80;

export const drawCalendars = (world: ReviewWorld): readonly Calendar[] =>
  world.reviewers.map((reviewer) => drawCalendar(reviewer, world));

function drawCalendar(reviewer: WorldReviewer, { start, hours }: ReviewWorld): Calendar {
  const isMember = marked(hours, reviewer.member);
  const isAway = marked(hours, reviewer.away);
  const isReviewing = marked(
    hours,
    reviewer.reviewHours.map((hour) => [hour, hour + 1]),
  );
  const hourOfDay = new Uint8Array(hours);
  const isWorkingDay = new Uint8Array(hours);
  const isOffice = new Uint8Array(hours);
  // Since Monday, 1970-01-05, there.
  const first = Math.floor(Date.parse(start) / 3_600_000 + reviewer.timeZoneOffsetHours) - 4 * 24;
  for (let hour = 0; hour < hours; hour += 1) {
    const there = first + hour;
    hourOfDay[hour] = there % 24;
    isWorkingDay[hour] = Math.floor(there / 24) % 7 < 5 ? 1 : 0;
    isOffice[hour] = isWorkingDay[hour] && there % 24 >= OFFICE.from && there % 24 < OFFICE.to ? 1 : 0;
  }
  return { isMember, isAway, isOffice, isReviewing, untilOffice: untilNext(isOffice), hourOfDay, isWorkingDay };
}

function marked(hours: number, intervals: readonly (readonly [number, number])[]): Uint8Array {
  const marks = new Uint8Array(hours);
  for (const [from, to] of intervals) marks.fill(1, from, Math.min(to, hours));
  return marks;
}

function untilNext(marks: Uint8Array): Uint8Array {
  const until = new Uint8Array(marks.length);
  let distance = 0;
  for (let hour = marks.length - 1; hour >= 0; hour -= 1) {
    distance = marks[hour] ? 0 : Math.min(distance + 1, MOST_HOURS_AHEAD);
    until[hour] = distance;
  }
  return until;
}
