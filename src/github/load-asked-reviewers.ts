import { formatRef, type Ref } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/** Logins of the people whose review of a pull request is asked for right now; teams are not among them. */
export async function loadAskedReviewers(client: GitHubClient, pullRequest: Ref): Promise<readonly string[]> {
  const { owner, repo, number } = pullRequest;
  try {
    const { data } = await client.rest.pulls.listRequestedReviewers({ owner, repo, pull_number: number });
    return data.users.map(({ login }) => login);
  } catch (error) {
    throw githubFailure(error, `read who is asked to review ${formatRef(pullRequest)}`);
  }
}
