import { addCommit, ensureBranch } from '../commit.ts';
import type { ItemKey, MergeGroupDetails, World } from '../world.ts';
import { announce } from './announce.ts';
import { announcePush } from './closing-references.ts';
import { mergedTree, refuseUnmergeable } from './merge-pull-request.ts';
import { requirePullRequest } from './place.ts';

interface QueuedPullRequest {
  readonly item: ItemKey;
  /** Head of the group before it in the queue; the base's head when left out. */
  readonly onto?: string;
}

/**
 * What a merge queue does with a pull request whose turn has come: a commit of the base with it, on a branch of the queue's
 * own, and `merge_group.checks_requested`. 405 where GitHub would not merge.
 */
export function requestMergeGroup(world: World, actor: string, { item, onto }: QueuedPullRequest): MergeGroupDetails {
  const place = requirePullRequest(world, item);
  const { item: pull, repository } = place;
  refuseUnmergeable(place);
  const baseSha = onto ?? ensureBranch(repository, pull.baseRefName);
  const message = `Merge pull request #${pull.number} from ${repository.owner}/${pull.headRefName}\n\n${pull.title}`;
  const tree = mergedTree(repository, pull, baseSha);
  const parents = [baseSha, pull.headSha];
  const { sha } = addCommit(world, repository, { message, author: actor, files: pull.files, tree }, parents);
  const branch = `gh-readonly-queue/${pull.baseRefName}/pr-${pull.number}-${baseSha}`;
  const group = { headSha: sha, headRef: `refs/heads/${branch}`, baseSha, baseRef: `refs/heads/${pull.baseRefName}` };
  repository.branches.set(branch, sha);
  announcePush(world, actor, repository, { ref: group.headRef, before: NOTHING, after: sha, commits: [sha] });
  const key = item.repository;
  announce(world, {
    name: 'merge_group',
    action: 'checks_requested',
    repository: key,
    sender: actor,
    details: { mergeGroup: group, sha },
  });
  return group;
}

/** What a push to a new branch replaces. */
const NOTHING = '0'.repeat(40);
