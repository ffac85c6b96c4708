import type { Ref } from '../task/identity.ts';
import type { LeftOut } from './leave-out.ts';
import type { ConflictingFile, PairFinding } from './pair-risk.ts';

/** From this probability on, an estimate is worth interrupting somebody for. */
export const LIKELY = 0.5;

export interface OtherPullRequest {
  readonly ref: Ref;
  readonly title: string;
}

/** What is known of one open pull request's integration. */
export interface RiskOfPullRequest {
  readonly pullRequest: Ref;
  readonly headSha: string;
  /** Why nobody judged it; absent where it was judged. */
  readonly leftOut?: LeftOut['why'];
  /** Name of the branch that it is to be merged into. */
  readonly base: string;
  /** Whether it merges into its base as that stands; unknown without a clone. */
  readonly withBase:
    | { readonly verdict: 'clean' | 'not_verified' }
    | { readonly verdict: 'conflict'; readonly files: readonly ConflictingFile[] }
    | { readonly verdict: 'unknown'; readonly reason: string };
  readonly pairs: readonly { readonly other: OtherPullRequest; readonly finding: PairFinding }[];
  /** What redoing it would cost, in words: `31 files depend on src/a.ts`. */
  readonly impact: readonly string[];
}

/** What a reader of the pull request should know of it, the worst first. */
export type RiskVerdict = 'conflict' | 'likely' | 'unknown' | 'clear';

/** Conflicts in files that are made anew count for nothing. */
export function verdictOfRisk({ withBase, pairs }: RiskOfPullRequest): RiskVerdict {
  const findings = pairs.map(({ finding }) => finding);
  if (withBase.verdict === 'conflict' && isManual(withBase.files)) return 'conflict';
  if (findings.some((one) => 'files' in one && one.verdict === 'conflict' && isManual(one.files))) return 'conflict';
  if (findings.some(isLikely)) return 'likely';
  const isUnsure =
    withBase.verdict === 'unknown' || findings.some((one) => 'verdict' in one && one.verdict === 'unknown');
  return isUnsure ? 'unknown' : 'clear';
}

const isLikely = (finding: PairFinding): boolean => finding.basis === 'estimated' && finding.probability >= LIKELY;

/** Whether somebody has to settle a conflict in these files by hand; one of which git names no file is one to look at. */
export const isManual = (files: readonly Pick<ConflictingFile, 'regenerate'>[]): boolean =>
  files.length === 0 || files.some(({ regenerate }) => !regenerate);
