import { revertTargets, statedReverts, titleOf } from '../presence/stated-reverts.ts';
import type { BackportProof, BranchMention } from './backport.ts';

/** A commit that only the release branch has. */
export interface BranchCommit {
  readonly sha: string;
  readonly message: string;
  /** By `git patch-id`; null where it has none. */
  readonly patchId: string | null;
}

/** A commit of the main branch, as it is looked for. */
export interface WantedCommit {
  readonly sha: string;
  readonly patchId: string | null;
}

export interface Trace {
  readonly how: BackportProof;
  readonly by: BranchMention;
  /** The commit that took it out again, if it is out. */
  readonly revertedBy: BranchMention | null;
}

/** What a release branch tells of where its commits come from. */
export interface BranchRecord {
  readonly findCommit: (wanted: WantedCommit) => Trace | null;
  readonly findNumber: (number: number) => Trace | null;
}

const PICKED = /\(cherry[ -]picked from commit ([0-9a-f]{7,64})\)/gi;
/** By people and by the usual bots, in a message or in the name of the branch that was merged. */
const NAMED = [
  /\bback-?port(?:s|ed|ing)?(?: of| from| for)?:? (?:pull request |pr )?(?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/gi,
  /\bcherry[ -]?pick(?:s|ed|ing)?(?: of| from)? (?:pull request |pr )?(?:[\w.-]+\/[\w.-]+)?#(\d{1,9})\b/gi,
  /\bbackport[-/](\d{1,9})-to-/gi,
  /\bmergify\/bp\/\S{1,200}\/pr-(\d{1,9})\b/gi,
];
/** The shortest that git writes. */
const SHORT = 7;

/** The pull requests that a text, or the name of a branch, says to be the backport of. */
export const numbersBackported = (text: string): ReadonlySet<number> =>
  new Set(NAMED.flatMap((pattern) => [...text.matchAll(pattern)].map(([, number]) => Number(number))));

/** Reads the commits of a release branch, the oldest first. */
export function readBranch(commits: readonly BranchCommit[]): BranchRecord {
  const places = new Map(commits.map(({ sha }, place) => [sha, place]));
  const steps = commits.map(({ message }) => ({ messages: [message] }));
  const reverts = statedReverts(commits.length, revertTargets(steps, places));
  const picked = new Map<string, { readonly sha: string; readonly place: number }>();
  const patches = new Map<string, number>();
  const named = new Map<number, number>();
  for (const [place, { message, patchId }] of commits.entries()) {
    for (const [, written = ''] of message.matchAll(PICKED)) {
      const sha = written.toLowerCase();
      picked.set(sha.slice(0, SHORT), { sha, place });
    }
    if (patchId !== null) patches.set(patchId, place);
    for (const number of numbersBackported(message)) named.set(number, place);
  }
  const mention = (place: number): BranchMention => ({
    sha: commits[place]?.sha ?? '',
    subject: titleOf(commits[place]?.message ?? ''),
  });
  const trace = (how: BackportProof, place: number | undefined): Trace | null => {
    if (place === undefined) return null;
    const revert = reverts.get(place);
    return { how, by: mention(place), revertedBy: revert?.isOut ? mention(revert.by) : null };
  };
  return {
    findCommit: ({ sha, patchId }) => {
      const pick = picked.get(sha.slice(0, SHORT));
      return (
        trace('cherry_picked', pick !== undefined && sha.startsWith(pick.sha) ? pick.place : undefined) ??
        trace('same_patch', patchId === null ? undefined : patches.get(patchId))
      );
    },
    findNumber: (number) => trace('named', named.get(number)),
  };
}
