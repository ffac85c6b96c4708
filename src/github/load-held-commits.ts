import { UserError } from '../core/failure.ts';
import { groupBy } from '../core/group-by.ts';
import { compareText } from '../core/readiness/compare-refs.ts';
import { type Gap, known, type Reading, unknown } from '../core/reading.ts';
import type { PullRequestFacts } from '../core/task/facts.ts';
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

type Merge = PullRequestFacts & { readonly mergeCommitSha: string };

/**
 * Whether the history of a base holds the commits that merged pull requests into other branches of its repository, by
 * `refKey`. A branch grows: whoever holds one of its merges holds those before it, so that each branch is halved until its
 * last held one is found.
 */
export async function loadHeldCommits(
  client: GitHubClient,
  base: BaseCommitRef,
  pullRequests: readonly PullRequestFacts[],
): Promise<ReadonlyMap<string, Reading<boolean>>> {
  const held = new Map<string, Reading<boolean>>();
  let calls = 0;
  const ask = async (merge: Merge): Promise<Reading<boolean>> => {
    calls += 1;
    return calls > MOST_CALLS ? unknown(truncated(wordsFor(base, merge))) : isHeld(client, base, merge);
  };
  for (const one of pullRequests) if (!hasCommit(one)) held.set(refKey(one.ref), unknown(withoutCommit(one)));
  for (const merges of groupBy(pullRequests.filter(hasCommit), ({ baseRefName }) => [baseRefName]).values()) {
    const { count, gap } = await countHeld(merges.toSorted(byTime), ask);
    for (const [place, { ref }] of merges.toSorted(byTime).entries()) {
      held.set(refKey(ref), place < count ? known(true) : gap === null ? known(false) : unknown(gap));
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
  merges: readonly Merge[],
  ask: (merge: Merge) => Promise<Reading<boolean>>,
): Promise<HeldCount> {
  let [from, to] = [0, merges.length];
  for (let place = to - 1; from < to; place = Math.floor((from + to) / 2)) {
    const merge = merges[place];
    if (merge === undefined) break;
    const answer = await ask(merge);
    if (!answer.known) return { count: from, gap: answer.gap };
    if (answer.value) from = place + 1;
    else to = place;
  }
  return { count: from, gap: null };
}

const hasCommit = (pullRequest: PullRequestFacts): pullRequest is Merge => pullRequest.mergeCommitSha !== null;

const byTime = (a: Merge, b: Merge): number =>
  compareText(a.mergedAt ?? '', b.mergedAt ?? '') || a.ref.number - b.ref.number;

async function isHeld(client: GitHubClient, base: BaseCommitRef, merge: Merge): Promise<Reading<boolean>> {
  const { owner, repo } = base.repository;
  const basehead = `${base.sha}...${merge.mergeCommitSha}`;
  try {
    // Files are listed on the first page alone, and nobody asks for them.
    const page = { per_page: 1, page: 2 };
    const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, ...page });
    return known(data.status === 'behind' || data.status === 'identical');
  } catch (cause) {
    // No such commit any more, or none that they share.
    if (statusOf(cause) === 404) return known(false);
    const what = wordsFor(base, merge);
    const failure = githubFailure(cause, `read ${what}`);
    if (!(failure instanceof UserError)) throw failure;
    return unknown(gapOf(problemOf(failure), what, 'contents: read'));
  }
}

const wordsFor = ({ branch }: BaseCommitRef, { ref }: Merge): string => `whether ${branch} has ${formatRef(ref)}`;

const withoutCommit = ({ ref }: PullRequestFacts): Gap => ({
  cause: 'unavailable',
  what: `the commit that merged ${formatRef(ref)}`,
});
