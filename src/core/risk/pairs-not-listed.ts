import { type PairFinding, type PairRisk, pairKey } from './pair-risk.ts';
import { waitingFor } from './plan-trials.ts';
import type { MatrixRow } from './render-matrix-svg.ts';
import { LIKELY } from './risk-of-pull-request.ts';

/** How many pairs are too many to be listed, by what is known of them; a pair that is not listed is clean only where all are 0. */
export interface NotListed {
  /** Each has a head that nobody could judge. */
  readonly unknown: number;
  /** Each has a head that conflicts with the base. */
  readonly waiting: number;
  /** No likelier to conflict than those that are listed. */
  readonly estimated: number;
  /** None of them is likelier to conflict, 0–1. */
  readonly estimatedUpTo: number;
  /** How many of them conflict if the estimates hold: many unlikely ones are no reason to expect none. */
  readonly estimatedConflicts: number;
  /** Neither merged on trial nor estimated, because the time was up. */
  readonly notReached: number;
}

export const ALL_LISTED: NotListed = {
  ...{ unknown: 0, waiting: 0, notReached: 0 },
  ...{ estimated: 0, estimatedUpTo: 0, estimatedConflicts: 0 },
};

type Row = Pick<MatrixRow, 'name' | 'onBase'>;

/**
 * What may be said of the pairs of a few changes that are not among those listed: without it a matrix would show as clean what
 * waits, or what nobody tried. Estimates that are all unlikely are left out, as other unlikely ones are.
 */
export function pairsNotListed(
  rows: readonly Row[],
  listed: readonly PairRisk[],
  counts: NotListed,
): readonly PairRisk[] {
  if (counts.unknown + counts.waiting + counts.estimated + counts.notReached === 0) return [];
  const isListed = new Set(listed.map(({ a, b }) => pairKey(a, b)));
  return rows.flatMap((a, place) =>
    rows.slice(place + 1).flatMap((b): readonly PairRisk[] => {
      const finding = isListed.has(pairKey(a.name, b.name)) ? null : findingOf([a, b], counts);
      return finding === null ? [] : [{ a: a.name, b: b.name, finding }];
    }),
  );
}

function findingOf(
  pair: readonly Row[],
  { unknown, waiting, estimated, estimatedUpTo, notReached }: NotListed,
): PairFinding | null {
  if (unknown + estimated > 0 && pair.some(({ onBase }) => onBase === 'unknown')) return UNKNOWN;
  const held = waiting > 0 ? pair.find(({ onBase }) => onBase === 'conflict') : undefined;
  if (held !== undefined) return waitingFor(held.name);
  return notReached > 0 || (estimated > 0 && estimatedUpTo >= LIKELY) ? UNKNOWN : null;
}

const UNKNOWN: PairFinding = { basis: null, verdict: 'unknown', reason: 'there are too many such pairs to list them' };
