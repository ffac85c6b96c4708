import type { ConflictingFile, PairFinding, PairRisk } from './pair-risk.ts';
import { isManual, LIKELY } from './risk-of-pull-request.ts';

export type PairMark = 'conflict' | 'likely' | 'unlikely' | 'regenerate' | 'stacked' | 'unknown' | 'waits' | 'clean';

/** What a finding comes to, for whoever only glances at it. */
export function markOf(finding: PairFinding): PairMark {
  if (finding.basis === 'estimated') {
    if (finding.stack !== undefined) return 'stacked';
    if (finding.probability < LIKELY) return 'unlikely';
    return finding.regenerate ? 'regenerate' : 'likely';
  }
  if (finding.verdict !== 'conflict') return finding.verdict === 'depends_on' ? 'stacked' : finding.verdict;
  return isManual(finding.files) ? 'conflict' : 'regenerate';
}

/** The same of what happens on the base: a conflict in files alone that are made anew is none. */
export function markOnBase<Verdict extends string>(
  finding: { readonly verdict: 'conflict'; readonly files: readonly ConflictingFile[] } | { readonly verdict: Verdict },
): Verdict | 'conflict' | 'regenerate' {
  return 'files' in finding && !isManual(finding.files) ? 'regenerate' : finding.verdict;
}

/** Below that an estimate is next to impossible, and told nowhere. */
const LEAST = 0.005;

/** A stack always is; what is verified and clean is not, nor what is next to impossible, nor what has to wait anyway. */
export const isWorthTelling = (finding: PairFinding): boolean =>
  finding.basis === 'estimated'
    ? finding.stack !== undefined || finding.probability >= LEAST
    : !QUIET.has(finding.verdict);

const QUIET: ReadonlySet<string> = new Set(['clean', 'waits']);

/** How many of the pairs are told of, but not as likely: tables of conflicts leave them out. */
export const countUnlikely = (pairs: readonly PairRisk[]): number =>
  pairs.filter(({ finding }) => markOf(finding) === 'unlikely' && isWorthTelling(finding)).length;
