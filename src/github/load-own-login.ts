import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/** The login of the person or bot whose token it is. Throws `forbidden` for an installation's token: it is nobody's. */
export async function loadOwnLogin(client: GitHubClient): Promise<string> {
  const { data } = await client.rest.users.getAuthenticated().catch((error: unknown) => {
    throw githubFailure(error, 'ask whose token this is');
  });
  return data.login;
}
