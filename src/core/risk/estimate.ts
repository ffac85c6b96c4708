import {
  conflictLogOdds,
  decisiveMeetings,
  logAllClean,
  type WeighedMeeting,
  weighMeeting,
} from './combine-meetings.ts';
import { type ConflictHistory, conflictRate } from './conflict-history.ts';
import { describeHistory, describeMeeting } from './describe-meeting.ts';
import { logOddsOf, sigmoid } from './fit-logistic.ts';
import { featuresOfPair } from './meeting-features.ts';
import type { FileMeeting } from './overlap.ts';
import type { PairFinding, RiskFactor } from './pair-risk.ts';
import { type RiskWeights, weightVector } from './risk-weights.ts';

export type EstimatedFinding = Extract<PairFinding, { readonly basis: 'estimated' }>;

export interface EstimateFacts {
  /** Whether one holds commits of the other that are not on the base yet. */
  readonly isStacked: boolean;
  readonly history: ConflictHistory;
  readonly weights: RiskWeights;
}

/**
 * How likely the second of two changes goes from clean to conflicting when the first is merged, strictly between 0 and 1,
 * and why, the strongest reason first. Meetings come from `meetingsOf`; which of the two is merged first makes no difference.
 * The log-odds of the factors add up, from those of changes that share nothing (1 in 10,000), to those of the probability.
 */
export function estimatePair(meetings: readonly FileMeeting[], facts: EstimateFacts): EstimatedFinding {
  const decisive = decisiveMeetings(weighMeetings(meetings, facts));
  const logClean = logAllClean(decisive.map((one) => one.probability));
  const unstacked = conflictLogOdds(logClean);
  const probability = Math.min(sigmoid(unstacked) * (facts.isStacked ? STACKED_SHARE : 1), MOST);
  const factors = [
    ...factorsOf(decisive, facts),
    ...(facts.isStacked ? [{ what: STACKED, logOdds: logOddsOf(probability) - cappedLogOdds(logClean) }] : []),
  ];
  return { basis: 'estimated', probability, factors: factors.sort(byStrength) };
}

/**
 * What is left of the probability when one is stacked on the other: what they share was written once, and only what the
 * lower one changed since then can collide. Assumed, not fitted: one repository of the seven at hand has stacks.
 */
const STACKED_SHARE = 0.02;
const STACKED = 'one is stacked on the other and already holds its changes';

/** Nothing is certain without a trial merge. */
const MOST = 1 - 1e-9;

function weighMeetings(
  meetings: readonly FileMeeting[],
  { history, weights }: EstimateFacts,
): readonly WeighedMeeting[] {
  const vector = weightVector(weights);
  const features = featuresOfPair(meetings, history);
  return meetings.map((meeting, i) => weighMeeting(meeting, features[i] ?? new Float64Array(0), vector));
}

/** What each adds to those before it, the likeliest first, so that they add up: first the meeting, then its history. */
function factorsOf(decisive: readonly WeighedMeeting[], { history, weights }: EstimateFacts): readonly RiskFactor[] {
  let logClean = logAllClean([]);
  const step = (probability: number, what: string): RiskFactor => {
    const next = logClean + Math.log1p(-probability);
    return { what, logOdds: cappedLogOdds(next) - cappedLogOdds(logClean) };
  };
  return decisive.flatMap(({ meeting, probability }) => {
    const known = history.get(meeting.path);
    const alone =
      known === undefined ? probability : sigmoid(logOddsOf(probability) - weights.history * conflictRate(known));
    const own = step(alone, describeMeeting(meeting));
    const both = step(probability, known === undefined ? '' : describeHistory(meeting.path, known));
    logClean += Math.log1p(-probability);
    return known === undefined ? [own] : [own, { ...both, logOdds: both.logOdds - own.logOdds }];
  });
}

const cappedLogOdds = (logClean: number): number => Math.min(conflictLogOdds(logClean), logOddsOf(MOST));

const byStrength = (one: RiskFactor, other: RiskFactor): number =>
  Math.abs(other.logOdds) - Math.abs(one.logOdds) || (one.what < other.what ? -1 : 1);
