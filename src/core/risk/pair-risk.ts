/** Lines of a file, both included, counted from 1. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

export interface ConflictingFile {
  readonly path: string;
  /** What kind of conflict, as git names it: `content`, `modify/delete`, `rename/rename`, `file/directory` … */
  readonly kind: string;
  /**
   * In the file as the base has it now, whichever changes meet in it: so that everybody can look there. Where both put lines
   * in, the line after which they do. Empty where a conflict has no lines (deleted, renamed, binary), and where the base
   * has no such file.
   */
  readonly ranges: readonly LineRange[];
  /** A lockfile or a changelog: it is made anew rather than merged by hand, and carries no weight. */
  readonly regenerate: boolean;
}

/** One reason behind an estimate. */
export interface RiskFactor {
  /** In words, with the evidence: `both change lines 10–14 of src/a.ts`. */
  readonly what: string;
  /** Log-odds that it adds to the likelier reasons: all of a pair add up, from −9.21 (1 in 10,000), to its probability. */
  readonly logOdds: number;
}

/**
 * What happens to the second of two changes when the other merges first. `verified`: a trial merge in a clone says so;
 * `estimated`: a calibrated probability from files, hunks and history. Each is asked for two names, in either order.
 */
export type PairFinding =
  | { readonly basis: 'verified'; readonly verdict: 'clean' }
  | { readonly basis: 'verified'; readonly verdict: 'conflict'; readonly files: readonly ConflictingFile[] }
  /** Stacked: `dependent` holds commits of `on` that are not on the base yet. */
  | {
      readonly basis: 'verified';
      readonly verdict: 'depends_on';
      readonly dependent: string;
      readonly on: string;
      /** Files that conflict when both were merged one after the other; empty as a rule. */
      readonly files: readonly ConflictingFile[];
    }
  /** Known in neither way. */
  | { readonly basis: null; readonly verdict: 'unknown'; readonly reason: string }
  /** Not asked yet: `held` does not merge onto the base, and will be another change once it does. No word against the other. */
  | { readonly basis: null; readonly verdict: 'waits'; readonly held: string; readonly reason: string }
  | {
      readonly basis: 'estimated';
      readonly probability: number;
      readonly factors: readonly RiskFactor[];
      /** They share nothing but files that are made anew, which carry no weight. */
      readonly regenerate?: true | undefined;
      /** Stacked: known without a trial merge. */
      readonly stack?: StackedPair | undefined;
    };

/** Two changes by their names (`#12`, or the name of a local ref), `a` before `b` in the order they were given. */
export interface PairRisk {
  readonly a: string;
  readonly b: string;
  readonly finding: PairFinding;
}

/** The same for either order of two names. */
export const pairKey = (one: string, other: string): string => JSON.stringify([one, other].sort());

export interface StackedPair {
  readonly dependent: string;
  readonly on: string;
}

/** Who stands on whom, by names; null for a pair that is no stack. */
export function stackOf(finding: PairFinding): StackedPair | null {
  if (finding.basis === 'estimated') return finding.stack ?? null;
  return finding.verdict === 'depends_on' ? finding : null;
}
