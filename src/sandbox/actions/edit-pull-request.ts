import { ensureBranch } from '../commit.ts';
import type { ItemKey, PullRequestRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { refreshClosingIssues } from './closing-references.ts';
import { editIssue } from './edit-issue.ts';
import { type Place, requirePullRequest } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface PullRequestEdit {
  readonly item: ItemKey;
  readonly title?: string;
  readonly body?: string | null;
  readonly base?: string;
}

/** Changes title, body or base; the issues that merging would close follow. */
export function editPullRequest(world: World, actor: string, input: PullRequestEdit): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const { item: pull, repository } = place;
  const from = pull.baseRefName;
  if (input.base !== undefined && input.base !== from) {
    pull.baseSha = ensureBranch(repository, input.base);
    pull.baseRefName = input.base;
  }
  editIssue(world, actor, {
    item: place.key,
    ...(input.title === undefined ? {} : { title: input.title }),
    ...(input.body === undefined ? {} : { body: input.body }),
  });
  refreshClosingIssues(world, repository, pull);
  if (pull.baseRefName !== from) note(world, actor, place, 'edited', { base: { from } });
  return pull;
}

/** Takes a pull request out of draft; one that is ready stays as it is. */
export function markReady(world: World, actor: string, input: { readonly item: ItemKey }): PullRequestRecord {
  return setDraft(world, actor, input.item, false);
}

/** Makes it a draft again. */
export function convertToDraft(world: World, actor: string, input: { readonly item: ItemKey }): PullRequestRecord {
  return setDraft(world, actor, input.item, true);
}

/** Closes without merging. */
export function closePullRequest(world: World, actor: string, input: { readonly item: ItemKey }): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const pull = place.item;
  if (pull.state !== 'open') return pull;
  pull.state = 'closed';
  pull.closedAt = world.now();
  addTimelineEntry(world, place, { kind: 'closed_event', actor });
  note(world, actor, place, 'closed');
  return pull;
}

/** Opens a closed one again; 422 when it was merged. */
export function reopenPullRequest(world: World, actor: string, input: { readonly item: ItemKey }): PullRequestRecord {
  const place = requirePullRequest(world, input.item);
  const pull = place.item;
  if (pull.state === 'open') return pull;
  if (pull.state === 'merged') throw new WorldRefusal(422, 'Cannot reopen a merged pull request');
  pull.state = 'open';
  pull.closedAt = null;
  addTimelineEntry(world, place, { kind: 'reopened_event', actor });
  note(world, actor, place, 'reopened');
  return pull;
}

function setDraft(world: World, actor: string, item: ItemKey, isDraft: boolean): PullRequestRecord {
  const place = requirePullRequest(world, item);
  if (place.item.isDraft === isDraft) return place.item;
  place.item.isDraft = isDraft;
  addTimelineEntry(world, place, { kind: isDraft ? 'convert_to_draft_event' : 'ready_for_review_event', actor });
  note(world, actor, place, isDraft ? 'converted_to_draft' : 'ready_for_review');
  return place.item;
}

function note(
  world: World,
  actor: string,
  place: Place<PullRequestRecord>,
  action: string,
  changes?: Readonly<Record<string, { readonly from: string }>>,
): void {
  place.item.updatedAt = world.now();
  announce(world, {
    name: 'pull_request',
    action,
    repository: place.key.repository,
    sender: actor,
    item: place.key,
    details: changes === undefined ? {} : { changes },
  });
}
