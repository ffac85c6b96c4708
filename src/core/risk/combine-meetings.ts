import { sigmoid } from './fit-logistic.ts';
import type { FileMeeting } from './overlap.ts';

/** One meeting with the chance that it ends in a conflict, if it were the only one. */
export interface WeighedMeeting {
  readonly meeting: FileMeeting;
  readonly probability: number;
}

/**
 * The meetings that decide about a pair, the likeliest first. Each of those in which changes touch or file names collide is
 * a chance of its own; the others, near misses and changes that look alike, come in swarms with one cause, so that of
 * them only the likeliest counts.
 */
export function decisiveMeetings(all: readonly WeighedMeeting[]): readonly WeighedMeeting[] {
  const sorted = [...all].sort((one, other) => other.probability - one.probability);
  const swarm = sorted.find(({ meeting }) => !isStrong(meeting));
  return sorted.filter((one) => one === swarm || isStrong(one.meeting));
}

const isStrong = ({ contact, kind }: FileMeeting): boolean =>
  contact === null ? kind !== 'unseen' && kind !== 'harmless' : contact.touching.length > 0;

/**
 * Logarithm of the probability that none of them ends in a conflict, as if they were independent. Changes that meet nowhere
 * are given a rest of a chance, so that nothing is certain.
 */
export function logAllClean(probabilities: readonly number[]): number {
  return probabilities.reduce((sum, probability) => sum + Math.log1p(-probability), NOTHING);
}

/** Log-odds of a conflict, from the logarithm of the probability that there is none. */
export const conflictLogOdds = (logClean: number): number => Math.log(-Math.expm1(logClean)) - logClean;

/** Of changes that share nothing: none of 6,518 such pairs of seven public repositories conflicted. */
const NOTHING = Math.log1p(-1e-4);

export function weighMeeting(meeting: FileMeeting, features: Float64Array, weights: Float64Array): WeighedMeeting {
  const logOdds = features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  return { meeting, probability: sigmoid(logOdds) };
}
