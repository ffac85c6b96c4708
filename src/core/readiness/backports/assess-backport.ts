import type { Gap } from '../../reading.ts';
import type { Backport, BackportCandidate } from './backport.ts';
import type { BranchRecord, Trace, WantedCommit } from './branch-record.ts';

/** Where a candidate stands in the history. */
export type CandidateCommits =
  /** The release branch holds the very commit. */
  | { readonly found: 'on_branch' }
  /** The whole change as one (null of a rebase, which is only its commits), and the commits it consists of, the newest first. */
  | {
      readonly found: 'on_main';
      readonly whole: WantedCommit | null;
      readonly isMerge: boolean;
      readonly commits: readonly WantedCommit[];
    }
  | { readonly found: 'unknown'; readonly gap: Gap };

/**
 * Whether a release branch has a fix. Found commit by commit it is there only if all of its commits are; a backport that
 * was reverted on the branch is missing.
 */
export function assessBackport(
  candidate: BackportCandidate,
  commits: CandidateCommits,
  branch: BranchRecord,
): Backport {
  const { ref, mergeCommitSha: sha, title: subject } = candidate;
  if (commits.found === 'unknown') return { ref, sha, subject, state: 'unknown', gap: commits.gap };
  if (commits.found === 'on_branch') return { ref, sha, subject, state: 'present', how: 'ancestor', by: null };
  const traces = commits.commits.map((commit) => branch.findCommit(commit));
  const { whole } = commits;
  const found = (whole === null ? null : branch.findCommit(whole)) ?? allOf(traces) ?? branch.findNumber(ref.number);
  if (found !== null && found.revertedBy === null)
    return { ref, sha, subject, state: 'present', how: found.how, by: found.by };
  const isThere = traces.map((trace) => trace !== null && trace.revertedBy === null);
  const picked = isThere.filter(Boolean).length;
  const lacking = commits.commits.filter((_, place) => !isThere[place]).map((commit) => commit.sha);
  const isInParts = (whole === null || picked > 0) && lacking.length <= MOST_PICKS;
  return {
    ...{ ref, sha, subject, state: 'missing', commits: commits.commits.length, picked },
    left: isInParts ? lacking.toReversed() : [whole?.sha ?? rangeOf(commits.commits)],
    isMerge: !isInParts && commits.isMerge,
    revertedBy: found?.revertedBy ?? null,
  };
}

/** More names of commits than anybody wants in one command. */
const MOST_PICKS = 10;

/** As git-cherry-pick(1) takes it. */
const rangeOf = (commits: readonly WantedCommit[]): string => `${commits.at(-1)?.sha}^..${commits[0]?.sha}`;

/** The first of them that is out again, else the first; null unless all are found. */
function allOf(traces: readonly (Trace | null)[]): Trace | null {
  const found = traces.filter((trace) => trace !== null);
  if (found.length === 0 || found.length < traces.length) return null;
  return found.find(({ revertedBy }) => revertedBy !== null) ?? found[0] ?? null;
}
