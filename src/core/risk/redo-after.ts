import type { MergePlace, NamedConflict } from './order/explain-places.ts';
import { pairKey } from './pair-risk.ts';
import type { ReadPairs } from './read-pairs.ts';
import { LIKELY } from './risk-of-pull-request.ts';

/** A conflict with whether a trial merge told of it, or an estimate. */
export interface BasedConflict extends NamedConflict {
  readonly basis: 'verified' | 'estimated';
}

/** What a change is redone after. */
export interface Redo {
  /** Trial merges say so. */
  readonly sure: readonly BasedConflict[];
  /** Estimated, and more likely than not. */
  readonly likely: readonly BasedConflict[];
  /** None of them is likely, but that none of them conflicts is not either; else empty. */
  readonly anyOf: readonly BasedConflict[];
}

/** Tells of the conflicts of a change on what they rest. */
export function basesOf(
  edges: ReadPairs['edges'],
): (name: string, conflicts: readonly NamedConflict[]) => readonly BasedConflict[] {
  const verified = new Set(edges.filter(({ basis }) => basis === 'verified').map(({ a, b }) => pairKey(a, b)));
  return (name, conflicts) =>
    conflicts.map((one) => ({ ...one, basis: verified.has(pairKey(name, one.name)) ? 'verified' : 'estimated' }));
}

/** Of all that merges before a change and may conflict with it: what is worth a word. */
export function redoAfter(hitBy: readonly BasedConflict[], hitChance: MergePlace['hitChance']): Redo {
  const sure = hitBy.filter(({ basis }) => basis === 'verified');
  const likely = hitBy.filter(({ basis, probability }) => basis === 'estimated' && probability >= LIKELY);
  return { sure, likely, anyOf: sure.length + likely.length === 0 && hitChance >= LIKELY ? hitBy : [] };
}
