import type { FieldTable } from '../field-table.ts';
import { requireRead } from '../graphql-context.ts';
import {
  hasLabel,
  type IssuesArguments,
  listIssues,
  listPullRequests,
  type PullRequestsArguments,
} from '../item-lists.ts';
import type { Source } from '../source.ts';

export const labelFields: FieldTable<Source<'Label'>> = {
  id: ({ record }) => record.nodeId,
  name: ({ record }) => record.name,
  color: ({ record }) => record.color,
  description: ({ record }) => record.description,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  url: (source, _args, { baseUrl }) => baseUrl + labelPath(source),
  resourcePath: labelPath,
  issues: ({ repository, record }, args: IssuesArguments, context) => {
    requireRead(context, repository, 'issues');
    return listIssues(repository, args, (issue) => hasLabel(issue, record.name));
  },
  pullRequests: ({ repository, record }, args: PullRequestsArguments, context) => {
    requireRead(context, repository, 'pull_requests');
    return listPullRequests(repository, args, (item) => hasLabel(item, record.name));
  },
};

function labelPath({ repository, record }: Source<'Label'>): string {
  return `/${repository.owner}/${repository.name}/labels/${encodeURIComponent(record.name)}`;
}
