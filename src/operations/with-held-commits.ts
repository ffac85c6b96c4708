import type { Config } from '../core/config.ts';
import { coverageOf, type SourceReading } from '../core/readiness/coverage-of.ts';
import { askedOfBase } from '../core/readiness/merged-elsewhere.ts';
import type { ReadinessFacts } from '../core/readiness/readiness-facts.ts';
import { viewOf } from '../core/readiness/view-of.ts';
import { type Gap, unknown } from '../core/reading.ts';
import { decidingBranch } from '../core/task/branch-of-record.ts';
import { repositoryKey } from '../core/task/identity.ts';
import { revertsElsewhere } from '../core/task/reverts.ts';
import type { GitHubClient } from '../github/client.ts';
import { type AskedCommit, askedMerge, loadHeldCommits } from '../github/load-held-commits.ts';

interface Asking {
  readonly config: Config;
  /** How far the base was read so far. */
  readonly base: SourceReading;
}

/**
 * The facts with what the base holds of work that was merged into other branches, and of what reverted it there; nothing is
 * read where none was.
 */
export async function withHeldCommits(
  github: GitHubClient,
  facts: ReadinessFacts,
  { config, base }: Asking,
): Promise<ReadinessFacts> {
  const { repository, baseBranch: branch, baseSha: sha } = facts.scope;
  if (facts.scope.isBaseInDoubt) return facts;
  const aside = askedOfBase(viewOf(facts, config)).map(askedMerge);
  const flips = flipsElsewhere(facts);
  const asked = [...new Map([...aside, ...flips].map((one) => [one.key, one])).values()];
  if (asked.length === 0) return facts;
  if (sha === null) return withUnread(facts, flips);
  const held = await loadHeldCommits(github, { repository, branch, sha }, asked);
  const gaps = [...base.gaps, ...[...held.values()].flatMap((one) => (one.known ? [] : [one.gap]))];
  const own = coverageOf({ ...base, gaps });
  return {
    ...facts,
    onBase: held,
    ...(flips.length === 0 ? {} : { work: { ...facts.work, heldByBase: held } }),
    coverage: facts.coverage.map((one) => (one.source === base.source ? own : one)),
  };
}

/** Nobody can be asked about a base that could not be read. */
function withUnread(facts: ReadinessFacts, flips: readonly AskedCommit[]): ReadinessFacts {
  if (flips.length === 0) return facts;
  const { baseCommits } = facts;
  const gapFor = ({ name }: AskedCommit): Gap =>
    baseCommits.known
      ? { cause: 'unavailable', what: `whether ${facts.scope.baseBranch} has ${name}` }
      : baseCommits.gap;
  const heldByBase = new Map(flips.map((one) => [one.key, unknown(gapFor(one))]));
  return { ...facts, work: { ...facts.work, heldByBase } };
}

/** Of the scope's pull requests: which reverts on other branches than the base, and what they reverted there. */
function flipsElsewhere({ work, scope, pullRequests }: ReadinessFacts): readonly AskedCommit[] {
  const { repository, baseBranch: branch } = scope;
  const deciding = decidingBranch({ repository, branch }, work.pullRequests)(repositoryKey(repository));
  return revertsElsewhere(work, pullRequests, deciding).map(({ key, name, sha }) => {
    const pullRequest = work.pullRequests.get(key);
    return pullRequest === undefined ? { key, name, sha, merge: null } : askedMerge(pullRequest);
  });
}
