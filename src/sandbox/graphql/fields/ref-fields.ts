import type { FieldTable } from '../field-table.ts';
import { requireRead, visibleRepository } from '../graphql-context.ts';
import { listPullRequests, type PullRequestsArguments } from '../item-lists.ts';
import { commitSource, type RefSource, refSource, type Source } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';

export const refFields: FieldTable<RefSource> = {
  id: ({ repository, name }) => syntheticNodeId('REF', `${repository.id}:${name}`),
  name: ({ name }) => name,
  prefix: () => 'refs/heads/',
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  target: ({ repository, name }) => commitSource(repository, repository.branches.get(name) ?? null),
  associatedPullRequests: ({ repository, name }, args: PullRequestsArguments, context) => {
    requireRead(context, repository, 'pull_requests');
    return listPullRequests(repository, { ...args, headRefName: args.headRefName ?? name });
  },
};

/** A branch linked to an issue; its `ref` is null once the branch is deleted. */
export const linkedBranchFields: FieldTable<Source<'LinkedBranch'>> = {
  id: ({ record }) => record.nodeId,
  ref: ({ record }, _args, context) => refSource(visibleRepository(context, record.repository), record.name),
};
