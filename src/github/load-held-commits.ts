import { UserError } from '../core/failure.ts';
import { groupBy } from '../core/group-by.ts';
import { compareText } from '../core/readiness/compare-refs.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { Instant, PullRequestFacts } from '../core/task/facts.ts';
import { formatRef, type RepositoryRef, refKey } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { problemOf } from './problem-of-failure.ts';
import { statusOf } from './status-of.ts';
import { gapOf, truncated } from './unread.ts';

/** One call each; of one branch a few tell of thousands of merges. */
const MOST_CALLS = 40;

interface BaseCommitRef {
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly sha: string;
}

/** Something that went into another branch of the repository, by the name of which it is told. */
export interface AskedCommit {
  readonly key: string;
  /** `octo/harbor#44`, `commit 1a2b3c4`. */
  readonly name: string;
  /** Null where it is not known. */
  readonly sha: string | null;
  /** Of a merge: where it came in that branch; null for a commit, whose time says nothing of when it was pushed. */
  readonly merge: { readonly branch: string; readonly at: Instant; readonly number: number } | null;
}

type Commit = AskedCommit & { readonly sha: string };

/** The commit that merged a pull request. */
export const askedMerge = ({ ref, mergeCommitSha, baseRefName, mergedAt }: PullRequestFacts): AskedCommit => ({
  ...{ key: refKey(ref), name: formatRef(ref), sha: mergeCommitSha },
  merge: { branch: baseRefName, at: mergedAt ?? '', number: ref.number },
});

/**
 * Whether the history of a base holds commits that went into other branches of its repository, by their keys. A branch
 * grows: whoever holds one of its merges holds those before it, so that each branch is halved until its last held one is
 * found.
 */
export async function loadHeldCommits(
  client: GitHubClient,
  base: BaseCommitRef,
  asked: readonly AskedCommit[],
): Promise<ReadonlyMap<string, Reading<boolean>>> {
  const held = new Map<string, Reading<boolean>>();
  let calls = 0;
  const ask = async (commit: Commit): Promise<Reading<boolean>> => {
    calls += 1;
    return calls > MOST_CALLS ? unknown(truncated(wordsFor(base, commit))) : isHeld(client, base, commit);
  };
  for (const one of asked) if (!hasSha(one)) held.set(one.key, unknown(withoutCommit(one)));
  const lines = groupBy(asked.filter(hasSha), ({ key, merge }) => [merge === null ? `@${key}` : merge.branch]);
  for (const line of lines.values()) {
    const commits = line.toSorted(byTime);
    const { count, gap } = await countHeld(commits, ask);
    for (const [place, { key }] of commits.entries()) {
      held.set(key, place < count ? known(true) : gap === null ? known(false) : unknown(gap));
    }
  }
  return held;
}

interface HeldCount {
  /** How many, from the earliest on, are held for sure. */
  readonly count: number;
  /** Why nobody knows of the others; null where they are not. */
  readonly gap: Gap | null;
}

/** The last one first: mostly a branch was merged as a whole. */
async function countHeld(
  commits: readonly Commit[],
  ask: (commit: Commit) => Promise<Reading<boolean>>,
): Promise<HeldCount> {
  let [from, to] = [0, commits.length];
  for (let place = to - 1; from < to; place = Math.floor((from + to) / 2)) {
    const commit = commits[place];
    if (commit === undefined) break;
    const answer = await ask(commit);
    if (!answer.known) return { count: from, gap: answer.gap };
    if (answer.value) from = place + 1;
    else to = place;
  }
  return { count: from, gap: null };
}

const hasSha = (commit: AskedCommit): commit is Commit => commit.sha !== null;

const byTime = ({ merge: a }: Commit, { merge: b }: Commit): number =>
  compareText(a?.at ?? '', b?.at ?? '') || (a?.number ?? 0) - (b?.number ?? 0);

async function isHeld(client: GitHubClient, base: BaseCommitRef, commit: Commit): Promise<Reading<boolean>> {
  const { owner, repo } = base.repository;
  const basehead = `${base.sha}...${commit.sha}`;
  try {
    // Files are listed on the first page alone, and nobody asks for them.
    const page = { per_page: 1, page: 2 };
    const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, ...page });
    return known(data.status === 'behind' || data.status === 'identical');
  } catch (cause) {
    // No such commit any more, or none that they share.
    if (statusOf(cause) === 404) return known(false);
    const what = wordsFor(base, commit);
    const failure = githubFailure(cause, `read ${what}`);
    if (!(failure instanceof UserError)) throw failure;
    return unknown(gapOf(problemOf(failure), what, 'contents: read'));
  }
}

const wordsFor = ({ branch }: BaseCommitRef, { name }: Commit): string => `whether ${branch} has ${name}`;

const withoutCommit = ({ name }: AskedCommit): Gap => ({
  cause: 'unavailable',
  what: `the commit that merged ${name}`,
});
