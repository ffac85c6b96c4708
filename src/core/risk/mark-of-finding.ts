import type { PairFinding } from './pair-risk.ts';
import { isManual, LIKELY } from './risk-of-pull-request.ts';

export type PairMark = 'conflict' | 'likely' | 'unlikely' | 'regenerate' | 'stacked' | 'unknown' | 'clean';

/** What a finding comes to, for whoever only glances at it. */
export function markOf(finding: PairFinding): PairMark {
  if (finding.basis === 'estimated') return finding.probability >= LIKELY ? 'likely' : 'unlikely';
  if (finding.verdict !== 'conflict') return finding.verdict === 'depends_on' ? 'stacked' : finding.verdict;
  return isManual(finding.files) ? 'conflict' : 'regenerate';
}
