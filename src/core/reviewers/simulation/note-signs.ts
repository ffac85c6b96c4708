import { nextAbsenceChance, TAKEN_FOR_ABSENT } from '../absence-chance.ts';
import { restOneDay } from '../rest-one-day.ts';
import type { Person } from './review-policy.ts';

/** By noon half of the hours are over in which people of the model sit down to review. */
const MIDDAY = 12;
const LAST_OFFICE_HOUR = 16;
/** What was asked after the morning need not be done the same day. */
const OFFICE_HOURS = 8;

/** A review given, or a change opened. */
export function noteSign(person: Person, hour: number): void {
  if (person.absenceChance >= TAKEN_FOR_ABSENT) person.rhythm.returns += 1;
  person.lastSignHour = hour;
  person.absenceChance = 0;
}

export function noteReview(person: Person, hour: number, units: number): void {
  person.overdrawn += units;
  noteSign(person, hour);
}

/** What one more hour tells of somebody. */
export function noteHour(person: Person, hour: number): void {
  if (person.isAwayKnown) {
    person.backSinceHour = hour + 1;
    person.absenceChance = 0;
    return;
  }
  if (person.calendar.isWorkingDay[hour] === 0) return;
  const there = person.calendar.hourOfDay[hour];
  if (there === MIDDAY) person.overdrawn = restOneDay(person.overdrawn, person.pace);
  if (there === LAST_OFFICE_HOUR) noteEvening(person, hour);
}

function noteEvening(person: Person, hour: number): void {
  const { rhythm, overdrawn, queue } = person;
  const isOverdue = overdrawn < 0 && queue.some(({ askedHour }) => hour - askedHour >= OFFICE_HOURS);
  if (hour - person.lastSignHour >= OFFICE_HOURS)
    person.absenceChance = nextAbsenceChance(person.absenceChance, { isOverdue, rhythm });
  if (person.absenceChance >= TAKEN_FOR_ABSENT) rhythm.silentDays += 1;
  else rhythm.presentDays += 1;
}
