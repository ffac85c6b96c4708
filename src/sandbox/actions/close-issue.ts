import type { IssueRecord, ItemKey, TimelineRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { requireIssue } from './place.ts';
import { addTimelineEntry } from './timeline.ts';

export interface IssueClosing {
  readonly item: ItemKey;
  readonly reason?: 'completed' | 'not_planned' | 'duplicate';
  /** The pull request or commit that closed it, when a merge did. */
  readonly by?: TimelineRecord['subject'];
}

/** Closes an issue. Its parent hears nothing: only `issues.closed` on its own repository tells, as on GitHub. */
export function closeIssue(world: World, actor: string, input: IssueClosing): IssueRecord {
  const place = requireIssue(world, input.item);
  const issue = place.item;
  const reason = input.reason ?? 'completed';
  if (issue.state === 'closed') {
    issue.stateReason = reason;
    return issue;
  }
  issue.state = 'closed';
  issue.stateReason = reason;
  issue.closedAt = world.now();
  issue.closedBy = actor;
  issue.updatedAt = world.now();
  addTimelineEntry(world, place, { kind: 'closed_event', actor, subject: input.by ?? {} });
  announce(world, {
    name: 'issues',
    action: 'closed',
    repository: place.key.repository,
    sender: actor,
    item: place.key,
  });
  return issue;
}

/** Opens a closed issue again; an open one stays as it is. */
export function reopenIssue(world: World, actor: string, input: { readonly item: ItemKey }): IssueRecord {
  const place = requireIssue(world, input.item);
  const issue = place.item;
  if (issue.state === 'open') return issue;
  issue.state = 'open';
  issue.stateReason = 'reopened';
  issue.closedAt = null;
  issue.closedBy = null;
  issue.updatedAt = world.now();
  addTimelineEntry(world, place, { kind: 'reopened_event', actor });
  announce(world, {
    name: 'issues',
    action: 'reopened',
    repository: place.key.repository,
    sender: actor,
    item: place.key,
  });
  return issue;
}
