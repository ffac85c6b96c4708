import { addLabel } from '../create-world.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { LIMITS } from './limits.ts';
import { eventNameOf, requireItem } from './place.ts';
import { addTimelineEntry } from './timeline.ts';
import { invalid, notFound } from './world-refusal.ts';

export interface LabelInput {
  readonly item: ItemKey;
  readonly labels: readonly string[];
}

/** Puts labels on an issue or pull request. A label that the repository lacks is made, as REST does it. */
export function label(world: World, actor: string, input: LabelInput): IssueRecord | PullRequestRecord {
  const place = requireItem(world, input.item);
  const { repository, item, key } = place;
  const fresh = input.labels.filter((name) => !has(item.labels, name));
  if (item.labels.size + fresh.length > LIMITS.labelsPerItem) {
    throw invalid('Issue', 'labels', `cannot have more than ${LIMITS.labelsPerItem} labels`);
  }
  fresh.forEach(demandLabelName);
  for (const name of fresh) {
    const record = addLabel(world, repository, { name });
    if (item.labels.has(record.name)) continue;
    item.labels.add(record.name);
    item.updatedAt = world.now();
    addTimelineEntry(world, place, { kind: 'labeled_event', actor, subject: { label: record.name } });
    announce(world, {
      name: eventNameOf(item),
      action: 'labeled',
      repository: key.repository,
      sender: actor,
      item: key,
      details: { label: record },
    });
  }
  return item;
}

/** Takes one label off; 404 when the item does not carry it. */
export function unlabel(
  world: World,
  actor: string,
  input: { readonly item: ItemKey; readonly label: string },
): IssueRecord | PullRequestRecord {
  const place = requireItem(world, input.item);
  const { repository, item, key } = place;
  const record = repository.labels.get(input.label.toLowerCase());
  if (record === undefined || !item.labels.delete(record.name)) throw notFound();
  item.updatedAt = world.now();
  addTimelineEntry(world, place, { kind: 'unlabeled_event', actor, subject: { label: record.name } });
  announce(world, {
    name: eventNameOf(item),
    action: 'unlabeled',
    repository: key.repository,
    sender: actor,
    item: key,
    details: { label: record },
  });
  return item;
}

/** Makes the item carry exactly these labels. */
export function setLabels(world: World, actor: string, input: LabelInput): IssueRecord | PullRequestRecord {
  const { item } = requireItem(world, input.item);
  const wanted = new Set(input.labels.map((name) => name.toLowerCase()));
  for (const name of [...item.labels]) {
    if (!wanted.has(name.toLowerCase())) unlabel(world, actor, { item: input.item, label: name });
  }
  return label(world, actor, input);
}

/** Deletes a label, which takes it off whatever carries it without a word in any timeline; 404 when there is none. */
export function deleteLabel(world: World, repository: RepositoryRecord, name: string): void {
  const record = repository.labels.get(name.toLowerCase());
  if (record === undefined) throw notFound();
  for (const item of [...repository.issues.values(), ...repository.pullRequests.values()])
    item.labels.delete(record.name);
  repository.labels.delete(name.toLowerCase());
  world.nodes.delete(record.nodeId);
}

function has(labels: ReadonlySet<string>, name: string): boolean {
  return [...labels].some((label) => label.toLowerCase() === name.toLowerCase());
}

/** GitHub's limit: a 422 for names of more than 50 characters. */
export function demandLabelName(name: string): void {
  if ([...name].length > 50) throw invalid('Label', 'name', 'name is too long (maximum is 50 characters)');
}
