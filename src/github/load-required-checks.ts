import type { RequiredChecks } from '../core/readiness/readiness-facts.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { Gathering } from './gathering.ts';
import { githubFailure } from './github-failure.ts';
import { noteGap } from './note-gap.ts';
import { readBranchRules } from './read-branch-rules.ts';

/**
 * Reads which checks a branch requires of what merges into it: by rulesets, and by branch protection as far as the branch
 * itself shows it. What one of the two requires is required. Two calls.
 */
export async function loadRequiredChecks(
  gathering: Gathering,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<RequiredChecks> {
  const { rest } = gathering.client;
  const what = `required checks of ${branch} in ${owner}/${repo}`;
  const names = new Set<string>();
  const before = gathering.gaps.length;
  await noteGap(gathering, { what, permission: 'metadata: read' }, async () => {
    for (const rule of await readBranchRules(gathering.client, { owner, repo, branch }, what)) {
      if (rule.type !== 'required_status_checks') continue;
      for (const { context } of rule.parameters?.required_status_checks ?? []) names.add(context);
    }
    return null;
  });
  await noteGap(gathering, { what, permission: 'contents: read' }, async () => {
    const { data } = await rest.repos.getBranch({ owner, repo, branch }).catch((error: unknown) => {
      throw githubFailure(error, `read the ${what}`);
    });
    for (const context of data.protection?.required_status_checks?.contexts ?? []) names.add(context);
    return null;
  });
  return { names: [...names], gaps: gathering.gaps.slice(before) };
}
