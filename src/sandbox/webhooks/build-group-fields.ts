import { findRepository } from '../find-record.ts';
import { serializeHeadCommit } from '../serialize/serialize-commit.ts';
import type { JsonObject } from './json.ts';
import type { PayloadContext } from './payload-context.ts';

/** What `merge_group` says of the commit that a queue made, and why it is of no use any more. */
export function buildGroupFields({ world, event }: PayloadContext): JsonObject {
  const { mergeGroup: group } = event.details;
  const commit = findRepository(world, event.repository)?.commits.get(group?.headSha ?? '');
  if (group === undefined || commit === undefined) return {};
  const { headSha, headRef, baseSha, baseRef, reason } = group;
  return {
    ...(reason && { reason }),
    merge_group: {
      head_sha: headSha,
      head_ref: headRef,
      base_sha: baseSha,
      base_ref: baseRef,
      head_commit: serializeHeadCommit(world, commit),
    },
  };
}
