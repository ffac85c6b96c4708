import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { isGone } from './write-failure.ts';

/** Logins of the people whose review of a pull request is asked for right now, not teams; null where there is none of that number. */
export async function loadAskedReviewers(client: GitHubClient, pullRequest: Ref): Promise<readonly string[] | null> {
  const { owner, repo, number } = pullRequest;
  try {
    const { data } = await client.rest.pulls.listRequestedReviewers({ owner, repo, pull_number: number });
    return data.users.map(({ login }) => login);
  } catch (error) {
    if (isGone(error)) return null;
    throw githubFailure(error, `read who is asked to review ${formatRef(pullRequest)}`);
  }
}
