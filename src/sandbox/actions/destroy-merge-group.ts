import type { MergeGroupDetails, World } from '../world.ts';
import { announce } from './announce.ts';
import { announcePush } from './closing-references.ts';
import { requireRepository } from './place.ts';

interface EndedGroup {
  readonly repository: string;
  readonly group: MergeGroupDetails;
  readonly reason: NonNullable<MergeGroupDetails['reason']>;
}

/** What a merge queue does with a group that it merged or needs no longer: its branch goes, and `merge_group.destroyed` tells. */
export function destroyMergeGroup(world: World, actor: string, { repository: key, group, reason }: EndedGroup): void {
  const repository = requireRepository(world, key);
  repository.branches.delete(group.headRef.replace(/^refs\/heads\//, ''));
  announcePush(world, actor, repository, { ref: group.headRef, before: group.headSha, after: NOTHING, commits: [] });
  announce(world, {
    name: 'merge_group',
    action: 'destroyed',
    repository: key,
    sender: actor,
    details: { mergeGroup: { ...group, reason }, sha: group.headSha },
  });
}

/** What a branch is at after its deletion. */
const NOTHING = '0'.repeat(40);
