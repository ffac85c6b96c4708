import { capacityOfPace } from './capacity-of-pace.ts';
import { DEFAULT_PACE } from './infer-pace.ts';
import { ASSUMED_HOURS } from './next-working-moment.ts';
import type { Learned, WorkingHours } from './review-facts.ts';

/** As many as everybody may have in the reference model. */
const MOST_BY_ANSWERS = 4;
const HOURS_PER_WEEK = 7 * 24;

interface CapacityFacts {
  readonly pace: Learned<number>;
  readonly turn: Learned<number>;
  /** Null where they are not known. */
  readonly hours: WorkingHours | null;
  readonly slaSeconds: number;
}

/**
 * How many requests may wait for somebody at once: as many as their pace allows (`capacityOfPace`), and as many as they answer
 * within the SLA one after the other, at the time that four in five of their own requests took (`inferTurn`), up to four. Never
 * fewer than for somebody of whom nothing is known.
 *
 * A pace from the past is what was asked as much as what is possible: by itself it would leave whoever answers at once with one
 * request, because there was no second. In simulation a pace is what is possible, and `capacityOfPace` alone is the capacity.
 */
export function inferCapacity({ pace, turn, hours, slaSeconds }: CapacityFacts): Learned<number> {
  const atLeast = capacityOfPace(DEFAULT_PACE);
  const inTime = turn.basis === 'history' ? answersWithin(slaSeconds / 3600, turn.value, hours ?? ASSUMED_HOURS) : 0;
  return {
    value: Math.max(atLeast, capacityOfPace(pace.value), Math.min(MOST_BY_ANSWERS, inTime)),
    basis: pace.basis === 'default' && inTime <= atLeast ? 'default' : 'history',
  };
}

/** In an average week: where the SLA falls on a weekend is not known beforehand. */
function answersWithin(slaHours: number, turnHours: number, { days, from, to }: WorkingHours): number {
  const worked = (slaHours * days.length * (to - from)) / HOURS_PER_WEEK;
  return turnHours === 0 ? Number.POSITIVE_INFINITY : Math.floor(worked / turnHours);
}
