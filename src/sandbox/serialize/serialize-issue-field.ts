import type { IssueFieldRecord, IssueFieldValueRecord } from '../world.ts';

/** A field as `issues.field_added` names it. */
export function serializeIssueField({ id, name, type }: IssueFieldRecord) {
  return { id, name, field_type: type };
}

/** A value as deliveries carry it: for a single select field the option, else the value itself. */
export function serializeIssueFieldValue({ id, field }: IssueFieldValueRecord, value: IssueFieldValueRecord['value']) {
  if (field.type !== 'single_select') return { id, value };
  const option = optionOf(field, String(value));
  return { id, value_id: option.id, option };
}

/** The world keeps an option's name alone. */
function optionOf(field: IssueFieldRecord, name: string) {
  return { id: field.id * 100 + field.options.indexOf(name), name, color: 'gray', description: null };
}
