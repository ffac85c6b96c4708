import { instantAt } from '../instant-at.ts';
import type { Instant } from '../task/facts.ts';
import { nextAbsenceChance, type SignRhythm, TAKEN_FOR_ABSENT, UNKNOWN_RHYTHM } from './absence-chance.ts';
import type { AskedSpan } from './asked-span.ts';
import { REMEMBERED_DAYS } from './infer-pace.ts';
import { isAway } from './is-away.ts';
import { ASSUMED_HOURS, middleOfWork, workingDayOf } from './next-working-moment.ts';
import { restOneDay } from './rest-one-day.ts';
import type { Absence, WorkingHours } from './review-facts.ts';
import { weekdayOf } from './zone-offset.ts';

const DAY_MS = 86_400_000;

/** What all could see of somebody. */
export interface PastSigns {
  /** Whatever the person did here. */
  readonly acts: readonly Instant[];
  /** Reviews, in units for this person; each of them is an act too. */
  readonly given: readonly { readonly at: Instant; readonly effort: number }[];
  readonly asked: readonly Pick<AskedSpan, 'from' | 'until'>[];
}

export interface PastPresence {
  readonly rhythm: SignRhythm;
  /** Units reviewed beyond the pace until now, see `restOneDay`. */
  readonly overdrawn: number;
  /** Units reviewed in that time. */
  readonly reviewed: number;
}

interface PresenceOptions {
  readonly now: Instant;
  readonly pace: number;
  readonly hours: WorkingHours | null;
  /** Announced ones: what is read with them is as private as they are. */
  readonly absences?: readonly Absence[];
}

/**
 * Goes through somebody's working days since their first sign of the last 90 days, as the simulation does hour by hour: each is
 * one of presence or of silence, and takes a day's pace off what was overdrawn. Today counts when it is over.
 *
 * With `absences`, a day in the middle of which one held is neither, unless the person was seen on it. Whatever others are told
 * is to be read without: an absence must not show in it.
 */
export function pastPresence(signs: PastSigns, { now, pace, hours, absences = [] }: PresenceOptions): PastPresence {
  const own = hours ?? ASSUMED_HOURS;
  const dayOf = (at: Instant): number => workingDayOf(own, Date.parse(at));
  const start = workingDayOf(own, Date.parse(now) - REMEMBERED_DAYS * DAY_MS);
  const ofLate = signs.given.filter(({ at }) => dayOf(at) >= start && at <= now);
  const units = new Map<number, number>();
  for (const { at, effort } of ofLate) units.set(dayOf(at), (units.get(dayOf(at)) ?? 0) + effort);
  const seen = new Set(signs.acts.map(dayOf).filter((day) => day >= start));
  const asked = signs.asked.map(({ from, until }) => ({
    from: dayOf(from),
    until: until === null ? Number.POSITIVE_INFINITY : dayOf(until),
  }));
  let state: DayState = { chance: 0, overdrawn: 0, rhythm: UNKNOWN_RHYTHM };
  for (let day = Math.min(...seen, dayOf(now)); day <= dayOf(now); day += 1)
    state = liveDay(state, {
      ...{ pace, reviewed: units.get(day) ?? 0, isSeen: seen.has(day) },
      isWorkingDay: own.days.includes(weekdayOf(day)),
      isAway: absences.length > 0 && !seen.has(day) && isAway(absences, instantAt(middleOfWork(own, day))),
      isOver: day < dayOf(now),
      isAsked: asked.some(({ from, until }) => from < day && until > day),
    });
  const reviewed = ofLate.reduce((sum, { effort }) => sum + effort, 0);
  return { rhythm: state.rhythm, overdrawn: state.overdrawn, reviewed };
}

interface DayState {
  readonly chance: number;
  readonly overdrawn: number;
  readonly rhythm: SignRhythm;
}

interface Day {
  readonly pace: number;
  readonly reviewed: number;
  readonly isSeen: boolean;
  readonly isWorkingDay: boolean;
  readonly isAway: boolean;
  readonly isOver: boolean;
  /** Whether something waited since a day before, and was not done on this one. */
  readonly isAsked: boolean;
}

function liveDay({ chance, overdrawn, rhythm }: DayState, day: Day): DayState {
  const owed = (day.isWorkingDay ? restOneDay(overdrawn, day.pace) : overdrawn) + day.reviewed;
  const isBack = day.isSeen && chance >= TAKEN_FOR_ABSENT;
  const before = isBack ? { ...rhythm, returns: rhythm.returns + 1 } : rhythm;
  if (day.isAway) return { chance: 0, overdrawn: owed, rhythm };
  const isEvening = day.isWorkingDay && day.isOver;
  const missed = isEvening ? nextAbsenceChance(chance, { isOverdue: day.isAsked && owed < 0, rhythm: before }) : chance;
  const next = day.isSeen ? 0 : missed;
  return { chance: next, overdrawn: owed, rhythm: isEvening ? countDay(before, next) : before };
}

const countDay = (rhythm: SignRhythm, chance: number): SignRhythm =>
  chance >= TAKEN_FOR_ABSENT
    ? { ...rhythm, silentDays: rhythm.silentDays + 1 }
    : { ...rhythm, presentDays: rhythm.presentDays + 1 };
