import { connect } from '../connection.ts';
import type { FieldTable } from '../field-table.ts';
import { requireRead, visibleRepository } from '../graphql-context.ts';
import { listPullRequests, type PullRequestsArguments } from '../item-lists.ts';
import { commitSource, type RefSource, refSource, type Source } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

export const refFields: FieldTable<RefSource> = {
  id: ({ repository, kind, name }) =>
    syntheticNodeId('REF', `${repository.id}:${kind === 'tag' ? 'tags/' : ''}${name}`),
  name: ({ name }) => name,
  prefix: ({ kind }) => (kind === 'tag' ? 'refs/tags/' : 'refs/heads/'),
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  target: ({ repository, kind, name }) =>
    commitSource(repository, (kind === 'tag' ? repository.tags : repository.branches).get(name) ?? null),
  associatedPullRequests: ({ repository, kind, name }, args: PullRequestsArguments, context) => {
    requireRead(context, repository, 'pull_requests');
    if (kind === 'tag') return connect([], args);
    return listPullRequests(repository, { ...args, headRefName: args.headRefName ?? name });
  },
};

/** A branch linked to an issue; its `ref` is null once the branch is deleted. */
export const linkedBranchFields: FieldTable<Source<'LinkedBranch'>> = {
  id: ({ record }) => record.nodeId,
  ref: ({ record }, _args, context) => refSource(visibleRepository(context, record.repository), record.name),
};
