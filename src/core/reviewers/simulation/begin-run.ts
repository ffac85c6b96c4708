import { seededRandom } from '../../seeded-random.ts';
import type { Calendar } from './draw-calendars.ts';
import type { Person, ReviewPolicy, Waiting } from './review-policy.ts';
import type { ReviewWorld, WorldChange } from './review-world.ts';

export interface SimulationOptions {
  /** Share of all budgets that the work takes, above 0 to 1. */
  readonly utilisation: number;
  /** Whether a policy sees who is away. */
  readonly absences: 'known' | 'hidden';
  /** How far off the pace that a policy sees may be: 0.5 for a factor between 0.5 and 1.5. */
  readonly noise: number;
  readonly seed: number;
}

/** A first review that was given. */
export interface GivenReview {
  readonly number: number;
  readonly reviewer: string;
  readonly waitHours: number;
  readonly familiarity: number;
}

/** Somebody with what only the simulation knows. */
export interface Actor extends Person {
  readonly calendar: Calendar;
  readonly queue: Waiting[];
  readonly askedHours: number[];
  backlog: number;
  taken: number;
  isAwayKnown: boolean;
  /** Units per review day, what is really there. */
  readonly budget: number;
  credit: number;
  asked: number;
}

/** A replay as it stands at an hour. */
export interface Run {
  readonly options: SimulationOptions;
  readonly policy: ReviewPolicy;
  readonly people: readonly Actor[];
  readonly random: () => number;
  readonly reviews: GivenReview[];
  readonly openPerPerson: number[];
  /** Members who are not known to be away, this hour. */
  present: readonly Actor[];
  queued: Waiting[];
  hour: number;
  opened: number;
  handOffs: number;
  rerequests: number;
}

/** Nobody has anything yet; the pace that a policy sees is blurred by the noise, the same by the same seed. */
export function beginRun(
  world: ReviewWorld,
  calendars: readonly Calendar[],
  { policy, options }: { readonly policy: ReviewPolicy; readonly options: SimulationOptions },
): Run {
  const blur = seededRandom(options.seed * 7919 + 17);
  const people = world.reviewers.flatMap((reviewer, place): readonly Actor[] => {
    const calendar = calendars[place];
    if (calendar === undefined) return [];
    const budget = reviewer.budgetPerReviewDayAtFullUtilisation / options.utilisation;
    const factor = 1 + options.noise * (2 * blur() - 1);
    return [actorOf(reviewer.id, calendar, { budget, pace: budget * factor })];
  });
  return {
    options,
    policy,
    people,
    random: seededRandom(options.seed),
    reviews: [],
    openPerPerson: [],
    present: [],
    queued: [],
    hour: 0,
    opened: 0,
    handOffs: 0,
    rerequests: 0,
  };
}

function actorOf(id: string, calendar: Calendar, pace: { readonly budget: number; readonly pace: number }): Actor {
  return {
    id,
    calendar,
    ...pace,
    credit: 0,
    asked: 0,
    queue: [],
    backlog: 0,
    taken: 0,
    askedHours: [],
    overdrawn: 0,
    isAwayKnown: false,
    absenceChance: 0,
    rhythm: { presentDays: 0, silentDays: 0, returns: 0 },
    lastSignHour: 0,
    backSinceHour: null,
  };
}

export function waitingOf(change: WorldChange, start: string): Waiting {
  const { number, author, openedBy = null, openedAt, work, familiarity } = change;
  const openedHour = (Date.parse(openedAt) - Date.parse(start)) / 3_600_000;
  return {
    ...{ number, author, openedBy, openedHour, familiarity },
    ...{ effort: work, left: 0, askedHour: 0, isHandedOff: false },
  };
}

export const byOpening = (one: Waiting, other: Waiting): number => one.openedHour - other.openedHour;
