import { isInside } from '../../access/viewer.ts';
import { issueFieldsOf } from '../../issue-fields.ts';
import type { IssueFieldRecord } from '../../world.ts';
import { type Connection, connect, type PageArguments } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import type { GraphqlContext } from '../graphql-context.ts';
import { byOrder, type Order } from '../order.ts';
import type { AccountSource, IssueSource, Source } from '../source.ts';

interface IssueFieldsArguments extends PageArguments {
  readonly orderBy?: Order<'CREATED_AT' | 'NAME'> | null;
}

/** `IssueFieldText`, `IssueFieldNumber` … have these in common. */
export const issueFieldFields: FieldTable<Source<'IssueField'>> = {
  id: ({ record }) => record.nodeId,
  name: ({ record }) => record.name,
  dataType: ({ record }) => record.type.toUpperCase(),
  visibility: ({ record }) => record.visibility.toUpperCase(),
  createdAt: ({ record }) => record.createdAt,
};

/** `IssueFieldTextValue` and its like. */
export const issueFieldValueFields: FieldTable<Source<'IssueFieldValue'>> = {
  id: ({ record }) => record.nodeId,
  value: ({ record }) => record.value,
  field: ({ record }): Source<'IssueField'> => ({ type: 'IssueField', record: record.field }),
};

export const singleSelectValueFields: FieldTable<Source<'IssueFieldValue'>> = {
  ...issueFieldValueFields,
  name: ({ record }) => record.value,
};

/** A field for members only, and what issues say in it, is left out for everyone else. */
export function canSeeIssueField({ world, viewer }: GraphqlContext, field: IssueFieldRecord): boolean {
  return field.visibility === 'all' || isInside(world, viewer, field.owner);
}

export function issueFieldsOfOwner(
  { record }: AccountSource,
  { orderBy, ...page }: IssueFieldsArguments,
  context: GraphqlContext,
): Connection {
  const shown = issueFieldsOf(context.world, record.login).filter((field) => canSeeIssueField(context, field));
  const order = byOrder(orderBy ?? { field: 'CREATED_AT', direction: 'ASC' }, {
    CREATED_AT: (field: IssueFieldRecord) => field.id,
    NAME: (field: IssueFieldRecord) => field.name.toLowerCase(),
  });
  return connect(shown.toSorted(order), page, {
    keyOf: (field) => field.id,
    toSource: (field): Source<'IssueField'> => ({ type: 'IssueField', record: field }),
  });
}

export function issueFieldValuesOf(
  { repository, record: item }: IssueSource,
  args: PageArguments,
  context: GraphqlContext,
): Connection {
  const shown = item.fieldValues.filter(({ field }) => canSeeIssueField(context, field));
  return connect(shown, args, {
    keyOf: ({ id }) => id,
    toSource: (record): Source<'IssueFieldValue'> => ({ type: 'IssueFieldValue', repository, item, record }),
  });
}
