import type { CommitFacts } from '../core/task/facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { statusOf } from './status-of.ts';

/**
 * The first 100 commits that a branch had at `before` and has no more at `after`: none after an ordinary push. One call,
 * by shas alone, so that it finds those of forks too; none where GitHub no longer keeps what was dropped.
 */
export async function loadDroppedCommits(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  { before, after }: { readonly before: string; readonly after: string },
): Promise<readonly CommitFacts[]> {
  const basehead = `${after}...${before}`;
  try {
    const { data } = await client.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead, per_page: 100 });
    return data.commits.map(({ sha, commit }) => ({
      sha,
      message: commit.message,
      committedAt: commit.committer?.date ?? '',
    }));
  } catch (error) {
    if (statusOf(error) === 404) return [];
    throw githubFailure(error, `compare ${basehead} of ${owner}/${repo}`);
  }
}
