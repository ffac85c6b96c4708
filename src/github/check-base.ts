import { closeNames } from '../core/close-names.ts';
import { parseConfig } from '../core/config.ts';
import { UserError } from '../core/failure.ts';
import type { Gap } from '../core/reading.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { ConfigTexts } from '../core/umbrella/config-of-snapshot.ts';
import type { GitHubClient } from './client.ts';
import { loadBranchNames } from './load-branch-names.ts';

/**
 * What is wrong with the branch that `readiness.base` names: that it is not there. Null where it is, or where nobody can
 * tell, which reading its commits will say. One call.
 */
export async function checkBase(
  client: GitHubClient,
  repository: RepositoryRef,
  { base, texts }: { readonly base: string; readonly texts: ConfigTexts },
): Promise<Gap | null> {
  const found = await loadBranchNames(client, repository, base).catch((error: unknown) => {
    if (error instanceof UserError) return null;
    throw error;
  });
  // A repository that shows no branch at all hides them.
  if (found === null || found.isThere || found.others.length === 0) return null;
  const { owner, repo } = repository;
  const near = closeNames(base, found.others);
  const isOwn = parseConfig({ text: texts.configText, ownerText: null }).config.readiness.base !== undefined;
  const key = `readiness.base in .github/parasol.yml of ${isOwn ? `${owner}/${repo}` : `${owner}/.github`}`;
  return {
    cause: 'invalid',
    what: `the base: ${owner}/${repo} has no branch ${JSON.stringify(base)}, which ${key} names`,
    repository: isOwn ? repository : { owner, repo: '.github' },
    help: `set ${key} to a branch that is there${near.length === 0 ? '' : `, such as ${near.join(', ')}`}, or leave it out`,
  };
}
