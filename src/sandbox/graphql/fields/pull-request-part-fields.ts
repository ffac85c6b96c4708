import type { FieldTable } from '../field-table.ts';
import type { ChangedFileSource, PullRequestCommitSource } from '../source.ts';
import { syntheticNodeId } from '../synthetic-node-id.ts';
import { itemPath } from './item-fields.ts';

const PATCH_STATUSES = { added: 'ADDED', modified: 'MODIFIED', removed: 'DELETED', renamed: 'RENAMED' } as const;

export const pullRequestCommitFields: FieldTable<PullRequestCommitSource> = {
  id: ({ pullRequest, commit }) => syntheticNodeId('PURC', `${pullRequest.record.id}:${commit.record.sha}`),
  commit: ({ commit }) => commit,
  pullRequest: ({ pullRequest }) => pullRequest,
  url: (source, _args, { baseUrl }) => baseUrl + pathOf(source),
  resourcePath: pathOf,
};

export const changedFileFields: FieldTable<ChangedFileSource> = {
  path: ({ record }) => record.path,
  additions: ({ record }) => record.additions,
  deletions: ({ record }) => record.deletions,
  changeType: ({ record }) => PATCH_STATUSES[record.status],
};

function pathOf({ pullRequest, commit }: PullRequestCommitSource): string {
  return `${itemPath(pullRequest)}/commits/${commit.record.sha}`;
}
