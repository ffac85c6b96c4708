import type { Ref } from '../task/identity.ts';
import type { PairFinding } from './pair-risk.ts';
import { isManual, LIKELY, type RiskOfPullRequest } from './risk-of-pull-request.ts';

/** Another pull request that somebody should know of: it conflicts, or is likely to. */
export interface KnownConflict {
  readonly with: Ref;
  readonly basis: NonNullable<PairFinding['basis']>;
}

/** What was found of a pull request as it stood at one head. */
export interface KnownConflicts {
  readonly headSha: string;
  /** Verified ones first. */
  readonly conflicts: readonly KnownConflict[];
}

export function knownConflictsOf({ headSha, pairs }: RiskOfPullRequest): KnownConflicts {
  const worth = pairs.filter(({ finding }) => isWorthKnowing(finding));
  const conflicts = worth.flatMap(({ other, finding: { basis } }) =>
    basis === null ? [] : [{ with: other.ref, basis }],
  );
  const rank = ({ basis }: KnownConflict): number => (basis === 'verified' ? 0 : 1);
  return { headSha, conflicts: conflicts.toSorted((one, other) => rank(one) - rank(other)) };
}

function isWorthKnowing(finding: PairFinding): boolean {
  if (finding.basis === 'estimated') return finding.probability >= LIKELY;
  return finding.verdict === 'conflict' && isManual(finding.files);
}
