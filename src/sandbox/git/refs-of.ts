import { mergedTree } from '../actions/merge-pull-request.ts';
import type { PullRequestRecord, RepositoryRecord } from '../world.ts';
import { writeCommit } from './git-objects.ts';

/**
 * The refs that GitHub shows of a repository, by name in git's order: branches, tags and `refs/pull/N/head`, with
 * `refs/pull/N/merge` for what is open and could be merged. A ref whose commit git never wrote is left out.
 */
export function refsOf(repository: RepositoryRecord): ReadonlyMap<string, string> {
  const pulls = [...repository.pullRequests.values()];
  const refs = [
    ...[...repository.branches].map(([name, sha]) => [`refs/heads/${name}`, sha] as const),
    ...[...repository.tags].map(([name, sha]) => [`refs/tags/${name}`, sha] as const),
    ...pulls.map((pull) => [`refs/pull/${pull.number}/head`, pull.headSha] as const),
    ...pulls.flatMap((pull) => {
      const merge = trialMerge(repository, pull);
      return merge === null ? [] : [[`refs/pull/${pull.number}/merge`, merge] as const];
    }),
  ];
  const written = refs.filter(([name, sha]) => isRefName(name) && repository.objects.commits.has(sha));
  return new Map(written.sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other))));
}

/** The commit that GitHub makes to see whether a pull request can be merged; its person and words are GitHub's. */
function trialMerge(repository: RepositoryRecord, pull: PullRequestRecord): string | null {
  const base = repository.branches.get(pull.baseRefName);
  if (base === undefined || pull.state !== 'open' || pull.mergeable !== 'mergeable') return null;
  const words = {
    tree: mergedTree(repository, pull, base),
    parents: [base, pull.headSha],
    person: { name: 'GitHub', email: 'noreply@github.com' },
    at: pull.createdAt,
    message: `Merge ${pull.headSha} into ${base}`,
  };
  return writeCommit(repository.objects, words, () => false);
}

/** By the rules that `git check-ref-format` goes by, so that no story's branch makes a repository unreadable. */
function isRefName(name: string): boolean {
  const hasBadPart = name.split('/').some((part) => part === '' || part.startsWith('.') || part.endsWith('.lock'));
  return !hasBadPart && !/[\p{Cc} ~^:?*[\\]|\.\.|@\{|\.$/u.test(name);
}
