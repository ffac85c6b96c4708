import type { IssueRecord, PullRequestRecord } from '../../world.ts';
import type { FieldTable } from '../field-table.ts';
import { requireRead } from '../graphql-context.ts';
import { type IssuesArguments, listIssues, listPullRequests, type PullRequestsArguments } from '../item-lists.ts';
import type { Source } from '../source.ts';

type MilestoneSource = Source<'Milestone'>;

export const milestoneFields: FieldTable<MilestoneSource> = {
  id: ({ record }) => record.nodeId,
  number: ({ record }) => record.number,
  title: ({ record }) => record.title,
  state: ({ record }) => record.state.toUpperCase(),
  closed: ({ record }) => record.state === 'closed',
  dueOn: ({ record }) => record.dueOn,
  createdAt: ({ record }) => record.createdAt,
  repository: ({ repository }) => ({ type: 'Repository', record: repository }),
  url: (source, _args, { baseUrl }) => baseUrl + milestonePath(source),
  resourcePath: milestonePath,
  openIssueCount: (source) => itemsOf(source).filter((item) => item.state === 'open').length,
  closedIssueCount: (source) => itemsOf(source).filter((item) => item.state !== 'open').length,
  progressPercentage: (source) => {
    const items = itemsOf(source);
    const closed = items.filter((item) => item.state !== 'open').length;
    return items.length === 0 ? 0 : (closed * 100) / items.length;
  },
  issues: ({ repository, record }, args: IssuesArguments, context) => {
    requireRead(context, repository, 'issues');
    return listIssues(repository, args, (issue) => issue.milestone === record.number);
  },
  pullRequests: ({ repository, record }, args: PullRequestsArguments, context) => {
    requireRead(context, repository, 'pull_requests');
    return listPullRequests(repository, args, (item) => item.milestone === record.number);
  },
};

/** Issues and pull requests alike: GitHub counts both in a milestone's figures. */
function itemsOf({ repository, record }: MilestoneSource): readonly (IssueRecord | PullRequestRecord)[] {
  const items = [...repository.issues.values(), ...repository.pullRequests.values()];
  return items.filter((item) => item.milestone === record.number);
}

function milestonePath({ repository, record }: MilestoneSource): string {
  return `/${repository.owner}/${repository.name}/milestone/${record.number}`;
}
