import { serializeIssueType } from '../../serialize/serialize-issue.ts';
import type { RepositoryRecord } from '../../world.ts';
import type { FieldTable } from '../field-table.ts';
import type { IssueTypeSource } from '../source.ts';

export const issueTypeFields: FieldTable<IssueTypeSource> = {
  id: ({ repository, name }) => issueTypeId(repository, name),
  name: ({ name }) => name,
  description: () => null,
  color: () => 'GRAY',
  isEnabled: () => true,
  isPrivate: () => false,
};

/** The world keeps an issue type's name alone; REST gives it a node id, and GraphQL the same. */
export function issueTypeId(repository: RepositoryRecord, name: string): string | null {
  return serializeIssueType(repository, name)?.node_id ?? null;
}
