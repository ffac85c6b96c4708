import { addCommit, ensureBranch, treeOfCommit } from '../commit.ts';
import { findIssue } from '../find-record.ts';
import { carryFiles } from '../git/put-files.ts';
import { reviewDecision } from '../review-decision.ts';
import type { FileRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { closeIssue } from './close-issue.ts';
import { announcePush, closeByCommits } from './closing-references.ts';
import { type Place, requirePullRequest } from './place.ts';
import { applyFiles } from './push-commits.ts';
import { addTimelineEntry } from './timeline.ts';
import { WorldRefusal } from './world-refusal.ts';

type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface Merge {
  readonly item: ItemKey;
  readonly method?: MergeMethod;
}

/**
 * Merges: `pull_request.closed`, `push` on the base branch and, when that is the default branch, `issues.closed` for
 * everything it closes. 405 where GitHub would not merge.
 */
export function mergePullRequest(world: World, actor: string, input: Merge): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const { item: pull, repository } = place;
  refuseUnmergeable(place);
  const before = ensureBranch(repository, pull.baseRefName);
  const method = input.method ?? 'merge';
  if (method === 'rebase') pull.rebasedCommits = replay(world, place, before);
  const sha =
    pull.rebasedCommits?.at(-1) ?? commitMerge(world, actor, place, { isSquash: method === 'squash', before });
  repository.branches.set(pull.baseRefName, sha);
  pull.state = 'merged';
  pull.mergeCommitSha = sha;
  pull.mergedBy = actor;
  pull.mergedAt = world.now();
  pull.closedAt = world.now();
  pull.updatedAt = world.now();
  addTimelineEntry(world, place, { kind: 'merged_event', actor, subject: { sha } });
  addTimelineEntry(world, place, { kind: 'closed_event', actor, subject: { sha } });
  announceMerge(world, actor, place, { before, after: sha, method });
  return pull;
}

/** 405 where GitHub would not merge. */
export function refuseUnmergeable({ item: pull, repository }: Place<PullRequestRecord>): void {
  if (pull.state !== 'open') throw new WorldRefusal(405, 'Pull Request is not mergeable');
  if (pull.isDraft) throw new WorldRefusal(405, 'Pull Request is still a draft');
  if (pull.mergeable === 'conflicting') throw new WorldRefusal(405, 'Merge conflict');
  const decision = reviewDecision(repository, pull);
  if (decision === 'REVIEW_REQUIRED') {
    throw new WorldRefusal(
      405,
      `At least ${pull.requiredApprovals} approving review is required by reviewers with write access.`,
    );
  }
  if (decision === 'CHANGES_REQUESTED') throw new WorldRefusal(405, 'Changes were requested by a reviewer.');
}

/** The same changes by the same authors, one on top of the other, as commits of their own. */
function replay(world: World, { item: pull, repository }: Place<PullRequestRecord>, before: string): string[] {
  const shas: string[] = [];
  for (const commit of pull.commits.flatMap((sha) => repository.commits.get(sha) ?? [])) {
    const { message, author, files } = commit;
    const parent = shas.at(-1) ?? before;
    const tree = treeWith(repository, { files, commit: commit.sha, since: commit.parents[0], onto: parent });
    shas.push(addCommit(world, repository, { message, author, files, tree }, [parent]).sha);
  }
  return shas;
}

function commitMerge(
  world: World,
  actor: string,
  { item: pull, repository }: Place<PullRequestRecord>,
  { isSquash, before }: { readonly isSquash: boolean; readonly before: string },
): string {
  const head = `${(pull.headRepository ?? repository.owner).split('/')[0]}/${pull.headRefName}`;
  const message = isSquash
    ? `${pull.title} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${head}\n\n${pull.title}`;
  const parents = isSquash ? [before] : [before, pull.headSha];
  const tree = mergedTree(repository, pull, before);
  return addCommit(world, repository, { message, author: actor, files: pull.files, tree }, parents).sha;
}

/** The files that merging a pull request into this commit would make. */
export function mergedTree(repository: RepositoryRecord, pull: PullRequestRecord, onto: string): string {
  const since = repository.commits.get(pull.commits[0] ?? '')?.parents[0];
  return treeWith(repository, { files: pull.files, commit: pull.headSha, since, onto });
}

interface Change {
  readonly files: readonly FileRecord[];
  readonly commit: string;
  readonly since: string | undefined;
  readonly onto: string;
}

function treeWith(repository: RepositoryRecord, { files, commit, since, onto }: Change): string {
  const treeOf = (sha: string | undefined) => treeOfCommit(repository, sha);
  return carryFiles(repository.objects, { files, from: treeOf(since), to: treeOf(commit), onto: treeOf(onto) });
}

function announceMerge(
  world: World,
  actor: string,
  { item: pull, repository, key }: Place<PullRequestRecord>,
  merge: { readonly before: string; readonly after: string; readonly method: MergeMethod },
): void {
  const isDefault = pull.baseRefName === repository.defaultBranch;
  const own = merge.method === 'squash' ? [] : pull.commits;
  const commits = pull.rebasedCommits ?? [...own, merge.after];
  if (isDefault) applyFiles(repository, pull.files);
  announce(world, {
    name: 'pull_request',
    action: 'closed',
    repository: key.repository,
    sender: actor,
    item: key,
    details: { sha: merge.after },
  });
  const ref = `refs/heads/${pull.baseRefName}`;
  announcePush(world, actor, repository, { ref, before: merge.before, after: merge.after, commits, files: pull.files });
  if (!isDefault) return;
  for (const item of pull.closingIssues) {
    if (findIssue(world, item)?.state === 'open') closeIssue(world, actor, { item, by: { item: key } });
  }
  closeByCommits(world, actor, repository, pull.rebasedCommits ?? pull.commits);
}
