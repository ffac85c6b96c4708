import type { IssueRecord, ItemKey, PullRequestRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { LIMITS } from './limits.ts';
import { eventNameOf, type Place, requireItem } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { invalid } from './world-refusal.ts';

export interface AssignInput {
  readonly item: ItemKey;
  readonly assignees: readonly string[];
}

/** Assigns people; those without an account or already assigned are passed over, as GitHub does. */
export function assign(world: World, actor: string, input: AssignInput): IssueRecord | PullRequestRecord {
  const place = requireItem(world, input.item);
  const { item } = place;
  const fresh = [...new Set(knownLogins(world, input.assignees))].filter((login) => !item.assignees.has(login));
  if (item.assignees.size + fresh.length > LIMITS.assigneesPerItem) {
    throw invalid('Issue', 'assignees', `cannot have more than ${LIMITS.assigneesPerItem} assignees`);
  }
  for (const login of fresh) {
    item.assignees.add(login);
    noteAssignment(world, place, { actor, login, action: 'assigned' });
  }
  return item;
}

/** Takes people off; those who are not assigned are passed over. */
export function unassign(world: World, actor: string, input: AssignInput): IssueRecord | PullRequestRecord {
  const place = requireItem(world, input.item);
  for (const login of knownLogins(world, input.assignees)) {
    if (place.item.assignees.delete(login)) noteAssignment(world, place, { actor, login, action: 'unassigned' });
  }
  return place.item;
}

/** Makes exactly these people the assignees. */
export function setAssignees(world: World, actor: string, input: AssignInput): IssueRecord | PullRequestRecord {
  const { item } = requireItem(world, input.item);
  const wanted = new Set(knownLogins(world, input.assignees));
  unassign(world, actor, { item: input.item, assignees: [...item.assignees].filter((login) => !wanted.has(login)) });
  return assign(world, actor, input);
}

function noteAssignment(
  world: World,
  place: Place,
  change: { readonly actor: string; readonly login: string; readonly action: 'assigned' | 'unassigned' },
): void {
  const { item, key } = place;
  const { actor, login, action } = change;
  item.updatedAt = world.now();
  addTimelineEntry(world, place, { kind: `${action}_event`, actor, subject: { login } });
  announce(world, {
    name: eventNameOf(item),
    action,
    repository: key.repository,
    sender: actor,
    item: key,
    details: { assignee: login },
  });
}

function knownLogins(world: World, logins: readonly string[]): string[] {
  return logins.flatMap((login) => world.accounts.get(login.toLowerCase())?.login ?? []);
}
