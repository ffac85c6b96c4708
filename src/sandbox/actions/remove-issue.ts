import { addLabel } from '../create-world.ts';
import { findIssue, isSameItem, itemKey } from '../find-record.ts';
import { newIds, register } from '../node-id.ts';
import type { IssueRecord, ItemKey, World } from '../world.ts';
import { announce } from './announce.ts';
import { type Place, requireIssue, requireRepository } from './place.ts';
import { invalid } from './world-refusal.ts';

/** Deletes an issue for good, with its links. `issues.deleted` still carries it. */
export function deleteIssue(world: World, actor: string, input: { readonly item: ItemKey }): IssueRecord {
  const place = requireIssue(world, input.item);
  announce(world, {
    name: 'issues',
    action: 'deleted',
    repository: place.key.repository,
    sender: actor,
    item: place.key,
  });
  repointLinks(world, place, null);
  place.repository.issues.delete(place.item.number);
  world.nodes.delete(place.item.nodeId);
  const { comments, timeline, fieldValues } = place.item;
  for (const { nodeId } of [...comments, ...timeline, ...fieldValues]) world.nodes.delete(nodeId);
  return place.item;
}

/**
 * Moves an issue to another repository of the same owner under a new number and new ids; its links follow and the old
 * address leads to the new one. `issues.transferred` on the old side, `issues.opened` on the new one.
 */
export function transferIssue(
  world: World,
  actor: string,
  input: { readonly item: ItemKey; readonly repository: string },
): IssueRecord {
  const old = requireIssue(world, input.item);
  const repository = requireRepository(world, input.repository);
  if (repository.owner !== old.repository.owner || repository === old.repository) {
    throw invalid('Issue', 'repository', 'issues move only between repositories of one owner');
  }
  const ids = newIds(world, 'Issue');
  const fresh = { ...ids, number: repository.nextNumber++, milestone: null, updatedAt: world.now() };
  const record: IssueRecord = { ...old.item, ...fresh };
  const key = itemKey(repository, record.number);
  for (const name of record.labels) addLabel(world, repository, { name });
  repository.issues.set(record.number, record);
  repointLinks(world, old, key);
  world.moved.set(`${old.key.repository}#${old.key.number}`, key);
  register(world, { type: 'Issue', repository, record });
  for (const comment of record.comments)
    register(world, { type: 'IssueComment', repository, item: record, record: comment });
  for (const entry of record.timeline)
    register(world, { type: 'TimelineItem', repository, item: record, record: entry });
  for (const value of record.fieldValues)
    register(world, { type: 'IssueFieldValue', repository, item: record, record: value });
  const sender = actor;
  announce(world, {
    name: 'issues',
    action: 'transferred',
    repository: old.key.repository,
    sender,
    item: old.key,
    details: { other: key },
  });
  old.repository.issues.delete(old.item.number);
  world.nodes.delete(old.item.nodeId);
  announce(world, {
    name: 'issues',
    action: 'opened',
    repository: key.repository,
    sender,
    item: key,
    details: { other: old.key },
  });
  return record;
}

/** Makes everything that points at the issue point at `next`, or at nothing. */
function repointLinks(world: World, { key, item }: Place<IssueRecord>, next: ItemKey | null): void {
  const moved = (keys: readonly ItemKey[]) =>
    keys.flatMap((one) => (!isSameItem(one, key) ? [one] : next === null ? [] : [next]));
  const parent = item.parent === null ? null : findIssue(world, item.parent);
  if (parent !== null) parent.children = moved(parent.children);
  for (const child of item.children.map((one) => findIssue(world, one))) if (child !== null) child.parent = next;
  for (const one of item.blocking.map((each) => findIssue(world, each)))
    if (one !== null) one.blockedBy = moved(one.blockedBy);
  for (const one of item.blockedBy.map((each) => findIssue(world, each)))
    if (one !== null) one.blocking = moved(one.blocking);
  for (const repository of world.repositories.values()) {
    for (const pull of repository.pullRequests.values()) pull.closingIssues = moved(pull.closingIssues);
  }
}
