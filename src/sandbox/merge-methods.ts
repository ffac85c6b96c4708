import type { MergeMethod } from '../core/risk/next-merges.ts';
import type { RepositoryRecord } from './world.ts';

/** As a new repository has them. */
export const MERGE_METHODS = ['merge', 'squash', 'rebase'] as const satisfies readonly MergeMethod[];

/** How pull requests may be merged, as REST shows it to those who may push. */
export const serializeMergeMethods = ({ mergeMethods }: RepositoryRecord) => ({
  allow_squash_merge: mergeMethods.includes('squash'),
  allow_merge_commit: mergeMethods.includes('merge'),
  allow_rebase_merge: mergeMethods.includes('rebase'),
  allow_auto_merge: false,
  delete_branch_on_merge: false,
});
