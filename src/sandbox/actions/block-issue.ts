import { isSameItem } from '../find-record.ts';
import type { IssueRecord, ItemKey, World } from '../world.ts';
import { announce } from './announce.ts';
import { LIMITS } from './limits.ts';
import { type Place, requireIssue, requireItem } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { invalid, notFound } from './world-refusal.ts';

export interface Dependency {
  readonly blocked: ItemKey;
  readonly blocker: ItemKey;
}

/** Says that one issue waits for another; two events, one for each side. Circles are allowed, as GitHub allows them. */
export function addBlockedBy(world: World, actor: string, input: Dependency): IssueRecord {
  const refuse = (message: string) => invalid('Issue', 'issue_id', message);
  if (requireItem(world, input.blocker).item.kind !== 'issue') throw refuse('A pull request cannot be a blocker');
  const blocked = requireIssue(world, input.blocked);
  const blocker = requireIssue(world, input.blocker);
  if (blocked.item === blocker.item) throw refuse('An issue cannot block itself');
  if (blocked.item.blockedBy.some((key) => isSameItem(key, blocker.key))) throw refuse('Dependency already exists');
  if (blocked.item.blockedBy.length >= LIMITS.dependenciesPerIssue) {
    throw refuse(`Issue cannot be blocked by more than ${LIMITS.dependenciesPerIssue} issues`);
  }
  if (blocker.item.blocking.length >= LIMITS.dependenciesPerIssue) {
    throw refuse(`Issue cannot block more than ${LIMITS.dependenciesPerIssue} issues`);
  }
  blocked.item.blockedBy.push(blocker.key);
  blocker.item.blocking.push(blocked.key);
  noteDependency(world, actor, { blocked, blocker, verb: 'added' });
  return blocked.item;
}

/** Ends the wait; 404 when there is none. */
export function removeBlockedBy(world: World, actor: string, input: Dependency): IssueRecord {
  const blocked = requireIssue(world, input.blocked);
  const blocker = requireIssue(world, input.blocker);
  if (!blocked.item.blockedBy.some((key) => isSameItem(key, blocker.key))) throw notFound();
  blocked.item.blockedBy = blocked.item.blockedBy.filter((key) => !isSameItem(key, blocker.key));
  blocker.item.blocking = blocker.item.blocking.filter((key) => !isSameItem(key, blocked.key));
  noteDependency(world, actor, { blocked, blocker, verb: 'removed' });
  return blocked.item;
}

function noteDependency(
  world: World,
  actor: string,
  link: {
    readonly blocked: Place<IssueRecord>;
    readonly blocker: Place<IssueRecord>;
    readonly verb: 'added' | 'removed';
  },
): void {
  const { blocked, blocker, verb } = link;
  blocked.item.updatedAt = world.now();
  blocker.item.updatedAt = world.now();
  addTimelineEntry(world, blocked, { kind: `blocked_by_${verb}_event`, actor, subject: { item: blocker.key } });
  addTimelineEntry(world, blocker, { kind: `blocking_${verb}_event`, actor, subject: { item: blocked.key } });
  announce(world, {
    name: 'issue_dependencies',
    action: `blocked_by_${verb}`,
    repository: blocked.key.repository,
    sender: actor,
    item: blocked.key,
    details: { other: blocker.key },
  });
  announce(world, {
    name: 'issue_dependencies',
    action: `blocking_${verb}`,
    repository: blocker.key.repository,
    sender: actor,
    item: blocker.key,
    details: { other: blocked.key },
  });
}
