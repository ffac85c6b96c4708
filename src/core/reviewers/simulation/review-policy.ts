import type { Calendar } from './draw-calendars.ts';

/** A request that nobody has reviewed yet. */
export interface Waiting {
  readonly number: number;
  readonly author: string;
  readonly openedBy: string | null;
  readonly openedHour: number;
  /** Units before familiarity. */
  readonly effort: number;
  readonly familiarity: Readonly<Record<string, number>>;
  /** Units for whoever has it. */
  left: number;
  /** Hour at which whoever has it was asked. */
  askedHour: number;
  isHandedOff: boolean;
}

/** What anybody can see of a reviewer. */
export interface Person {
  readonly id: string;
  readonly calendar: Pick<Calendar, 'untilOffice' | 'hourOfDay' | 'isWorkingDay'>;
  /** Units per working day, as far as that is known. */
  readonly pace: number;
  readonly queue: readonly Waiting[];
  /** Units in the queue. */
  readonly backlog: number;
  /** Units taken on until now. */
  readonly taken: number;
  /** Hours at which this person was asked, in order. */
  readonly askedHours: readonly number[];
  /** Units reviewed beyond the pace, see `restOneDay`. */
  overdrawn: number;
  readonly isAwayKnown: boolean;
  /** That the person is away though nobody was told, see `nextAbsenceChance`. */
  absenceChance: number;
  /** As `SignRhythm`. */
  readonly rhythm: { presentDays: number; silentDays: number; returns: number };
  lastSignHour: number;
  /** The first hour after the latest absence that was known; null without one. */
  backSinceHour: number | null;
}

/** The moment of a decision. */
export interface Desk {
  readonly hour: number;
  readonly seed: number;
  readonly random: () => number;
  readonly people: readonly Person[];
  /** Members who are not known to be away. */
  readonly present: readonly Person[];
  /** Requests that nobody has. */
  readonly queued: number;
  /** Requests until now. */
  readonly opened: number;
  readonly handOffs: number;
}

export interface HandOff {
  readonly request: Waiting;
  readonly from: Person;
  readonly to: Person;
}

export type CandidatesOf = (request: Waiting, excluded?: Person) => readonly Person[];

/** A way of assigning reviews. What it may see is in its arguments. */
export interface ReviewPolicy {
  /** Whom to ask: of members who did not write or open it and are not known to be away. Null: nobody now, the request waits in the queue. */
  readonly choose: (request: Waiting, candidates: readonly Person[], desk: Desk) => Person | null;
  /** Which of the requests that nobody has to try now, and in which order; null for all, the oldest first. */
  readonly arrangeQueue: ((queue: readonly Waiting[], desk: Desk) => readonly Waiting[]) | null;
  /** In which order people are shown, and review, what waits for them: the highest first; null for as they were asked. */
  readonly urgency: ((request: Waiting, hour: number) => number) | null;
  /** Asked every hour. */
  readonly planHandOffs: ((desk: Desk, candidatesOf: CandidatesOf) => readonly HandOff[]) | null;
}
