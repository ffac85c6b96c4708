import type { Gap } from '../core/reading.ts';
import type { MergeMethod } from '../core/risk/next-merges.ts';
import type { RepositoryRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { noteGap } from './note-gap.ts';
import { readBranchRules } from './read-branch-rules.ts';

export interface MergeRules {
  /** Whether no rule of the branch forbids the method; the settings of the repository may. */
  readonly allows: (method: MergeMethod) => boolean;
  readonly gaps: readonly Gap[];
}

/**
 * With which methods rulesets let pull requests be merged into a branch: one call. Branch protection, which is no part of
 * them, is read with the pull requests. What could not be read forbids nothing and is a gap.
 */
export async function loadMergeRules(
  client: GitHubClient,
  { owner, repo }: RepositoryRef,
  branch: string,
): Promise<MergeRules> {
  const gaps: Gap[] = [];
  const forbidden = new Set<MergeMethod>();
  const what = `merge methods that ${branch} of ${owner}/${repo} allows`;
  await noteGap({ gaps }, { what, permission: 'metadata: read' }, async () => {
    for (const rule of await readBranchRules(client, { owner, repo, branch }, what)) {
      if (rule.type === 'required_linear_history') forbidden.add('merge');
      if (rule.type !== 'pull_request') continue;
      const allowed: readonly string[] | undefined = rule.parameters?.allowed_merge_methods;
      for (const method of METHODS) if (allowed?.includes(method) === false) forbidden.add(method);
    }
    return null;
  });
  return { allows: (method) => !forbidden.has(method), gaps };
}

const METHODS: readonly MergeMethod[] = ['merge', 'squash', 'rebase'];
