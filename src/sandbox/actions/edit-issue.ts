import type { EventDetails, IssueRecord, ItemKey, PullRequestRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { checkBody, checkTitle } from './limits.ts';
import { noteMilestone } from './note-milestone.ts';
import { noteReferences } from './note-references.ts';
import { eventNameOf, type Place, requireItem } from './place.ts';
import { invalid } from './world-refusal.ts';

export interface IssueEdit {
  readonly item: ItemKey;
  readonly title?: string;
  readonly body?: string | null;
  readonly milestone?: number | null;
  /** Issues only. */
  readonly issueType?: string | null;
}

/** Changes text, milestone or type of an issue or pull request; what stays the same announces nothing. */
export function editIssue(world: World, actor: string, input: IssueEdit): IssueRecord | PullRequestRecord {
  const place = requireItem(world, input.item);
  if (input.title !== undefined || input.body !== undefined) editText(world, actor, place, input);
  if (input.milestone !== undefined) setMilestone(world, actor, place, input.milestone);
  if (input.issueType !== undefined) setIssueType(world, actor, place, input.issueType);
  return place.item;
}

function editText(world: World, actor: string, place: Place, input: IssueEdit): void {
  const { item } = place;
  const resource = item.kind === 'issue' ? 'Issue' : 'PullRequest';
  const title = input.title ?? item.title;
  const body = input.body === undefined ? item.body : (input.body ?? '');
  checkTitle(resource, title);
  checkBody(resource, body);
  const changes = {
    ...(title === item.title ? {} : { title: { from: item.title } }),
    ...(body === item.body ? {} : { body: { from: item.body } }),
  };
  if (Object.keys(changes).length === 0) return;
  item.title = title;
  item.body = body;
  noteReferences(world, actor, place, body);
  note(world, actor, place, 'edited', { changes });
}

function setMilestone(world: World, actor: string, place: Place, number: number | null): void {
  const { item, repository } = place;
  if (item.milestone === number) return;
  const before = item.milestone === null ? undefined : repository.milestones.get(item.milestone);
  const milestone = number === null ? undefined : repository.milestones.get(number);
  if (number !== null && milestone === undefined) throw invalid('Issue', 'milestone', 'milestone does not exist');
  item.milestone = number;
  if (before !== undefined) {
    noteMilestone(world, actor, place, { kind: 'demilestoned_event', title: before.title });
    note(world, actor, place, 'demilestoned', { milestone: before });
  }
  if (milestone !== undefined) {
    noteMilestone(world, actor, place, { kind: 'milestoned_event', title: milestone.title });
    note(world, actor, place, 'milestoned', { milestone });
  }
}

function setIssueType(world: World, actor: string, place: Place, name: string | null): void {
  const { item, repository } = place;
  if (item.kind !== 'issue' || item.issueType === name) return;
  if (name !== null && !repository.issueTypes.has(name)) throw invalid('Issue', 'type', `no issue type "${name}"`);
  const before = item.issueType;
  item.issueType = name;
  if (name !== null) note(world, actor, place, 'typed', { issueType: name });
  else if (before !== null) note(world, actor, place, 'untyped', { issueType: before });
}

function note(world: World, actor: string, place: Place, action: string, details: EventDetails): void {
  place.item.updatedAt = world.now();
  const { key, item } = place;
  announce(world, { name: eventNameOf(item), action, repository: key.repository, sender: actor, item: key, details });
}
