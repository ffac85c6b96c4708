import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/** Login of whoever opened a pull request; null where the account is gone. */
export async function loadPullAuthor(client: GitHubClient, pullRequest: Ref): Promise<string | null> {
  const { owner, repo, number } = pullRequest;
  try {
    const { data } = await client.rest.pulls.get({ owner, repo, pull_number: number });
    // GitHub's types promise an account, and its API shows none for one that was deleted.
    const author: { readonly login: string } | null = data.user;
    return author?.login ?? null;
  } catch (error) {
    throw githubFailure(error, `read who opened ${formatRef(pullRequest)}`);
  }
}
