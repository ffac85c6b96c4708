import type { FieldTable } from '../field-table.ts';
import { actor, itemSource, type Source, teamSource } from '../source.ts';

export const reviewRequestFields: FieldTable<Source<'ReviewRequest'>> = {
  id: ({ record }) => record.nodeId,
  databaseId: ({ record }) => record.id,
  pullRequest: ({ repository, item }) => itemSource(repository, item),
  requestedReviewer: ({ repository, record }, _args, context) =>
    record.team === null ? actor(context, record.login) : teamSource(repository, record.team),
};
