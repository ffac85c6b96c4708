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
  /** Name of the branch that it is to be merged into; of one in a stack, the branch that all of the stack goes into. */
  readonly base: string;
  /** Whether it merges into its base as that stands; unknown without a clone. */
  readonly withBase:
    | { readonly verdict: 'clean' | 'not_verified' }
    | { readonly verdict: 'conflict'; readonly files: readonly ConflictingFile[] }
    | { readonly verdict: 'unknown'; readonly reason: string };
  readonly pairs: readonly { readonly other: OtherPullRequest; readonly finding: PairFinding }[];
  /** What redoing it would cost, in words: `31 files depend on src/a.ts`. */
  readonly impact: readonly string[];
  /** Of those that it conflicts with, the ones that go first in the order of `mergeTurns`; absent where nobody asked for it. */
  readonly behind?: readonly Ref[];
}

/** What a reader of the pull request should know of it, the worst first. */
export type RiskVerdict = 'conflict' | 'likely' | 'unknown' | 'clear';

/** Conflicts in files that are made anew count for nothing. */
export function verdictOfRisk(risk: RiskOfPullRequest): RiskVerdict {
  const { withBase, pairs } = risk;
  const findings = pairs.map(({ finding }) => finding);
  if (isHeld(risk)) return 'conflict';
  if (findings.some(isConflict)) return 'conflict';
  if (findings.some(isLikely)) return 'likely';
  return isUnsure({ withBase, pairs }) ? 'unknown' : 'clear';
}

/**
 * Whether it conflicts, or is likely to, with none but those that go after it, so that its own merge is the one that redoes
 * least. Not where anything about it is unknown, nor where nobody asked for an order.
 */
export function mergesFirst(risk: RiskOfPullRequest): boolean {
  const { behind, pairs } = risk;
  return behind?.length === 0 && !isHeld(risk) && !isUnsure(risk) && pairs.some(({ finding }) => isHitBy(finding));
}

/** Whether it cannot merge as it is, whoever goes first: it conflicts with its base, or with what it is stacked on. */
const isHeld = ({ withBase, pairs, pullRequest }: RiskOfPullRequest): boolean =>
  (withBase.verdict === 'conflict' && isManual(withBase.files)) ||
  pairs.some(({ finding }) => conflictsBelow(finding, pullRequest));

/** Whether the pull request is stacked on the other of a pair and conflicts with it in a file to be settled by hand. */
export const conflictsBelow = (finding: PairFinding, { number }: Ref): boolean =>
  'files' in finding &&
  finding.verdict === 'depends_on' &&
  finding.dependent === `#${number}` &&
  finding.files.some(({ regenerate }) => !regenerate);

/** A conflict that somebody has to settle by hand, or a likely one. */
export const isHitBy = (finding: PairFinding): boolean => isConflict(finding) || isLikely(finding);

const isConflict = (finding: PairFinding): boolean =>
  'files' in finding && finding.verdict === 'conflict' && isManual(finding.files);

const isLikely = (finding: PairFinding): boolean => finding.basis === 'estimated' && finding.probability >= LIKELY;

const isUnsure = ({ withBase, pairs }: Pick<RiskOfPullRequest, 'withBase' | 'pairs'>): boolean =>
  withBase.verdict === 'unknown' || pairs.some(({ finding }) => 'verdict' in finding && finding.verdict === 'unknown');

/** Whether somebody has to settle a conflict in these files by hand; one of which git names no file is one to look at. */
export const isManual = (files: readonly Pick<ConflictingFile, 'regenerate'>[]): boolean =>
  files.length === 0 || files.some(({ regenerate }) => !regenerate);
