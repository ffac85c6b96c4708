import { UserError } from '../core/failure.ts';
import type { AccessProbe } from './access-probe.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';

/**
 * Whose token it is: a person's, with its scopes where GitHub says them, or an App's for one installation. Throws
 * `github_unavailable` when GitHub cannot be asked.
 */
export async function identifyToken(client: GitHubClient): Promise<AccessProbe> {
  const probe = { feature: 'identity', permission: null, unlocks: 'telling own comments from others' };
  try {
    const { data, headers } = await client.rest.users.getAuthenticated();
    const scopes = headers['x-oauth-scopes'];
    const said = scopes === undefined || scopes === '' ? 'permissions are set on the token itself' : `scopes ${scopes}`;
    return { ...probe, ok: true, detail: `${data.login} (${said})` };
  } catch (error) {
    const failure = githubFailure(error, 'ask whose token this is');
    if (!(failure instanceof UserError) || failure.code === 'github_unavailable') throw failure;
    // An installation's token is nobody's: GitHub refuses it here, and answers for its repositories instead.
    if (failure.code === 'forbidden')
      return (await identifyInstallation(client)) ?? { ...probe, ok: false, detail: failure.message };
    return { ...probe, ok: false, detail: failure.message };
  }
}

async function identifyInstallation(client: GitHubClient): Promise<AccessProbe | null> {
  try {
    const { data } = await client.rest.apps.listReposAccessibleToInstallation({ per_page: 1 });
    const detail = `an App's installation token for ${data.total_count} repositories`;
    return { feature: 'identity', ok: true, detail, permission: null, unlocks: 'telling own comments from others' };
  } catch {
    return null;
  }
}
