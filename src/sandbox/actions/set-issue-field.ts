import { findIssueField } from '../issue-fields.ts';
import { newIds, register } from '../node-id.ts';
import type { EventDetails, IssueFieldRecord, IssueFieldValueRecord, IssueRecord, ItemKey, World } from '../world.ts';
import { announce } from './announce.ts';
import { type Place, requireIssue } from './place.ts';
import { invalid, notFound } from './world-refusal.ts';

export interface IssueFieldInput {
  readonly item: ItemKey;
  /** Name of a field that the repository's owner has. */
  readonly field: string;
  /** Null takes the value off. */
  readonly value: string | number | null;
}

/** Sets an issue's value in one of the organization's fields: `issues.field_added`, or `issues.field_removed`. */
export function setIssueField(world: World, actor: string, input: IssueFieldInput): IssueRecord {
  const place = requireIssue(world, input.item);
  const { item, repository } = place;
  const field = findIssueField(world, repository.owner, input.field);
  if (field === null) throw invalid('Issue', 'issue_field_values', `${repository.owner} has no field "${input.field}"`);
  const standing = item.fieldValues.find((one) => one.field === field);
  if (input.value === null) removeValue(world, actor, place, standing);
  else if (standing === undefined) addValue(world, actor, place, { field, value: checked(field, input.value) });
  else changeValue(world, actor, place, { standing, value: checked(field, input.value) });
  return item;
}

function addValue(
  world: World,
  actor: string,
  place: Place<IssueRecord>,
  given: Pick<IssueFieldValueRecord, 'field' | 'value'>,
): void {
  const record: IssueFieldValueRecord = { ...newIds(world, 'IssueFieldValue'), ...given };
  place.item.fieldValues.push(record);
  register(world, { type: 'IssueFieldValue', repository: place.repository, item: place.item, record });
  note(world, actor, place, { action: 'field_added', details: { fieldValue: record } });
}

function changeValue(
  world: World,
  actor: string,
  place: Place<IssueRecord>,
  { standing, value }: { readonly standing: IssueFieldValueRecord; readonly value: string | number },
): void {
  const former = standing.value;
  if (former === value) return;
  standing.value = value;
  note(world, actor, place, {
    action: 'field_added',
    details: { fieldValue: standing, formerFieldValue: former },
  });
}

function removeValue(
  world: World,
  actor: string,
  place: Place<IssueRecord>,
  standing: IssueFieldValueRecord | undefined,
): void {
  if (standing === undefined) throw notFound();
  place.item.fieldValues = place.item.fieldValues.filter((one) => one !== standing);
  world.nodes.delete(standing.nodeId);
  note(world, actor, place, { action: 'field_removed', details: { fieldValue: standing } });
}

/** The value as the field keeps it, refused where its type does not allow it. */
function checked(field: IssueFieldRecord, value: string | number): string | number {
  const text = String(value);
  const fits = {
    text: text !== '',
    number: text.trim() !== '' && Number.isFinite(Number(text)),
    date: /^\d{4}-\d\d-\d\d$/.test(text),
    single_select: field.options.includes(text),
  }[field.type];
  if (!fits)
    throw invalid('Issue', 'issue_field_values', `"${text}" is no value for the ${field.type} field ${field.name}`);
  return field.type === 'number' ? Number(text) : text;
}

function note(
  world: World,
  actor: string,
  { item, key }: Place<IssueRecord>,
  { action, details }: { readonly action: string; readonly details: EventDetails },
): void {
  item.updatedAt = world.now();
  announce(world, { name: 'issues', action, repository: key.repository, sender: actor, item: key, details });
}
