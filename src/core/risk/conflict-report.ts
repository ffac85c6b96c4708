import type { ConflictingFile, PairFinding, PairRisk } from './pair-risk.ts';
import type { TouchedFile } from './touched-file.ts';

/** What happens when a head merges onto the base as it is. `merged`: the base holds it already. */
export type BaseFinding =
  | { readonly verdict: 'clean' }
  | { readonly verdict: 'merged' }
  | { readonly verdict: 'conflict'; readonly files: readonly ConflictingFile[] }
  | { readonly verdict: 'unknown'; readonly reason: string };

/** Nobody merged it on trial: GitHub says that it conflicts, and not in what. */
export interface ReportedConflict {
  readonly verdict: 'reported_conflict';
}

export interface HeadFinding {
  readonly name: string;
  readonly commit: string;
  readonly onBase: BaseFinding;
  /** The base has all of its changes already, as other commits: it was squashed or rebased onto it. Merging it changes no file. */
  readonly isContained?: true;
  /** The signal came before it was merged onto the base: asked again, a merge would tell. */
  readonly isUntried?: true;
  /** What it changes since it left the base, without hunks; empty where that is unknown. */
  readonly touched: readonly TouchedFile[];
}

/** All heads, and every pair of them that shares something or that nobody could judge. */
export interface ConflictReport {
  readonly base: { readonly name: string; readonly commit: string };
  /** In the order they were given. */
  readonly heads: readonly HeadFinding[];
  /** By the places of their heads. A pair that is not here shares nothing, of one that waits no path: see `findingOf`. */
  readonly pairs: readonly PairRisk[];
  /** Those of the pairs that the signal came before: unknown now, and a merge would tell. */
  readonly untried: readonly Pick<PairRisk, 'a' | 'b'>[];
  /** Those of which both conflict with the base: no merge would tell. */
  readonly hopeless: readonly Pick<PairRisk, 'a' | 'b'>[];
  /** Pairs that wait and are too many to be listed: each has a head that conflicts with the base. */
  readonly unlisted: number;
  readonly counts: ConflictCounts;
}

export interface ConflictCounts {
  /** Pairs of heads that are neither merged nor unknown; of a push, only those of the heads that were asked about. */
  readonly pairs: number;
  /** Those that share something, stacked ones included. */
  readonly candidates: number;
  /** Merges that were tried; the rest was known from before. */
  readonly merges: number;
}

/** What is known of a pair, in either order: a pair with an unknown head is unknown, and one that shares nothing is clean. */
export function findingOf(report: ConflictReport, a: string, b: string): PairFinding {
  const listed = report.pairs.find((pair) => (pair.a === a && pair.b === b) || (pair.a === b && pair.b === a));
  if (listed !== undefined) return listed.finding;
  for (const name of [a, b]) {
    const head = report.heads.find((one) => one.name === name);
    if (head === undefined) return { basis: null, verdict: 'unknown', reason: `${name} was not looked at` };
    if (head.onBase.verdict === 'unknown') {
      return { basis: null, verdict: 'unknown', reason: `${name}: ${head.onBase.reason}` };
    }
  }
  return { basis: 'verified', verdict: 'clean' };
}
