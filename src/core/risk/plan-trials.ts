import type { Stack } from './find-stacks.ts';
import type { PairFinding } from './pair-risk.ts';
import { type Pair, pairSet } from './pair-set.ts';

/** A pair of heads, by their places, and how to find out what happens when both merge. */
export interface Trial {
  readonly a: number;
  readonly b: number;
  /** Merges first; then `second` onto base and `first`. */
  readonly first: number;
  readonly second: number;
  /** `second` holds the commits of `first`, and comes after it. */
  readonly isStacked: boolean;
}

export type HeadState = 'clean' | 'conflict' | 'merged' | 'unknown';

export interface TrialPlan {
  readonly trials: readonly Trial[];
  /** Pairs that no merge can tell about, because neither head merges onto the base; of a stack, `on` lies below. */
  readonly hopeless: readonly { readonly a: number; readonly b: number; readonly on: number | null }[];
  /** Pairs that are not worth a merge yet: `held` does not merge onto the base, and will be another change once it does. */
  readonly waiting: readonly { readonly a: number; readonly b: number; readonly held: number }[];
}

export const HOPELESS: PairFinding = {
  basis: null,
  verdict: 'unknown',
  reason: 'both conflict with the base, so neither can merge first',
};

/** Of a pair one side of which, `name`, does not merge onto the base. */
export const waitingFor = (name: string): PairFinding => ({
  ...{ basis: null, verdict: 'waits', held: name },
  reason: `${name} conflicts with the base, and what else it meets is told once it does not`,
});

export interface TrialFacts {
  readonly pairs: Iterable<Pair>;
  readonly stacks: readonly Stack[];
  /** Of every head, by its place. */
  readonly states: readonly HeadState[];
  /** How likely two conflict, from 0 to 1: in case time runs out, the likely ones come first. Absent: all alike. */
  readonly likelihood?: (a: number, b: number) => number;
  /** Of a head that conflicts with the base: whether its pairs wait until it does not. Absent: none wait. */
  readonly waits?: (place: number) => boolean;
  /**
   * Of a head that conflicts with the base: whether it only does in files that are made anew, so that it can merge first
   * with these as the base has them. Absent: none can.
   */
  readonly settles?: (place: number) => boolean;
}

/**
 * Which trial each pair gets. A stack merges from below. Else the first as given merges first, unless it conflicts with the
 * base and the other does not, or less: nor does a stack then wait for what lies below, which its own merge brings in resolved.
 * Pairs with a merged or unknown head get none, nor do those of a head that `waits`, unless they are a stack. Those that both merge onto the base come first, in case time runs out.
 */
export function planTrials(facts: TrialFacts): TrialPlan {
  const { pairs, stacks, states, likelihood, waits = () => false, settles = () => false } = facts;
  const count = states.length;
  const isClean = (place: number): boolean => states[place] === 'clean';
  const isOut = (place: number): boolean => states[place] === 'merged' || states[place] === 'unknown';
  const onOf = new Map(
    stacks.map(({ dependent, on }) => [Math.min(dependent, on) * count + Math.max(dependent, on), on]),
  );
  const all = pairSet(count, pairs);
  for (const { dependent, on } of stacks) all.add(dependent, on);
  const trials: Trial[] = [];
  const hopeless: TrialPlan['hopeless'][number][] = [];
  const waiting: TrialPlan['waiting'][number][] = [];
  for (const [a, b] of all) {
    if (isOut(a) || isOut(b)) continue;
    const on = onOf.get(a * count + b);
    const order = [...(on === undefined ? [] : [on]), a, b];
    const first = order.find(isClean) ?? order.find(settles) ?? b;
    const second = first === a ? b : a;
    const held = [second, first].find((place) => on === undefined && states[place] === 'conflict' && waits(place));
    if (held !== undefined) waiting.push({ a, b, held });
    else if (isClean(first) || settles(first)) trials.push({ a, b, first, second, isStacked: first === on });
    else hopeless.push({ a, b, on: on ?? null });
  }
  // What merges cleanly by itself is what somebody may merge next. Then all trials of one first head stand together: git
  // keeps what it read.
  const isBehind = ({ second }: Trial): number => (isClean(second) ? 0 : 1);
  const rank = new Map(trials.map((trial) => [trial, isBehind(trial) * STEPS.length * 2 + rankOf(trial, likelihood)]));
  const rankOfTrial = (trial: Trial): number => rank.get(trial) ?? 0;
  trials.sort(
    (one, other) => rankOfTrial(one) - rankOfTrial(other) || one.first - other.first || one.second - other.second,
  );
  return { trials, hopeless, waiting };
}

/** Coarse, so that trials of one first head still stand together. */
const STEPS = [0.5, 0.2, 0.05, 0.01];

function rankOf({ a, b }: Trial, likelihood: TrialFacts['likelihood']): number {
  if (likelihood === undefined) return 0;
  const found = likelihood(a, b);
  const step = STEPS.findIndex((least) => found >= least);
  return step < 0 ? STEPS.length : step;
}
