import type { MergeGroup } from '../../core/readiness/plan-group-checks.ts';
import { parseQueueBranch } from '../../core/readiness/queue-branch.ts';
import { repositoryOf } from './payload-subjects.ts';
import type { WebhookPayload } from './webhook-payload.ts';

/** What a merge queue says of a group. */
export interface GroupEvent {
  readonly group: MergeGroup;
  /** The group was merged, or taken apart: nobody waits for its checks any more. */
  readonly isOver: boolean;
}

/** The merge group on which checks are asked for, or no longer; null for every other event. */
export function groupOfEvent(name: string, payload: WebhookPayload): GroupEvent | null {
  const { merge_group: group, repository, action } = payload;
  if (name !== 'merge_group' || (action !== 'checks_requested' && action !== 'destroyed')) return null;
  if (group === undefined || repository === undefined) return null;
  const branch = group.head_ref.replace(/^refs\/heads\//, '');
  const meant: MergeGroup = {
    repository: repositoryOf(repository),
    headSha: group.head_sha,
    baseSha: group.base_sha,
    base: group.base_ref.replace(/^refs\/heads\//, ''),
    pull: parseQueueBranch(branch)?.pull ?? null,
  };
  return { group: meant, isOver: action === 'destroyed' };
}
