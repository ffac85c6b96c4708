import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { githubFailure } from './github-failure.ts';
import { statusOf } from './status-of.ts';

type Role = 'none' | 'read' | 'triage' | 'write' | 'maintain' | 'admin';

const ROLES: readonly Role[] = ['none', 'read', 'triage', 'write', 'maintain', 'admin'];

/**
 * A person's role in a repository; `none` for strangers of a private one and for logins that do not exist. A custom
 * role counts as the built-in one that it is based on.
 */
export async function loadRole(client: GitHubClient, { owner, repo }: RepositoryRef, login: string): Promise<Role> {
  try {
    const { data } = await client.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: login });
    return ROLES.find((role) => role === data.role_name) ?? ROLES.find((role) => role === data.permission) ?? 'none';
  } catch (error) {
    if (statusOf(error) === 404) return 'none';
    throw githubFailure(error, `read the role of ${login} in ${owner}/${repo}`);
  }
}
