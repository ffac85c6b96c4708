import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import { githubFailure } from './github-failure.ts';
import { noteGap } from './note-gap.ts';

/** Whether a check is required on a branch; null where nobody can tell. */
export type IsRequired = (name: string) => boolean | null;

/**
 * Reads which checks a branch requires: by rulesets, which need no more than `metadata: read`, and by branch protection as
 * far as the branch itself shows it. What one of the two requires is required, and where one cannot be read nothing passes
 * for not required. Two calls.
 */
export async function loadRequiredChecks(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<IsRequired> {
  const { rest } = gathering.client;
  const what = `required checks of ${branch} in ${owner}/${repo}`;
  const required = new Set<string>();
  const before = gathering.gaps.length;
  await noteGap(gathering, { what, permission: 'metadata: read' }, async () => {
    const { data } = await rest.repos.getBranchRules({ owner, repo, branch, per_page: 100 }).catch((error: unknown) => {
      throw githubFailure(error, `read the ${what}`);
    });
    for (const rule of data) {
      if (rule.type !== 'required_status_checks') continue;
      for (const { context } of rule.parameters?.required_status_checks ?? []) required.add(context);
    }
    return null;
  });
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const { data } = await rest.repos.getBranch({ owner, repo, branch }).catch((error: unknown) => {
      throw githubFailure(error, `read the ${what}`);
    });
    for (const context of data.protection?.required_status_checks?.contexts ?? []) required.add(context);
    return null;
  });
  const isRead = gathering.gaps.length === before;
  return (name) => (required.has(name) ? true : isRead ? false : null);
}
