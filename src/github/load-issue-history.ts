import { known } from '../core/reading.ts';
import { formatRef, type RepositoryRef } from '../core/task/identity.ts';
import type { IssueRecord } from '../core/task/issue-record.ts';
import type { GitHubClient } from './client.ts';
import { completeLists } from './complete-lists.ts';
import { startGathering } from './gathering.ts';
import { mapIssueWords, refOf } from './map-task.ts';
import type { TaskNode } from './nodes.ts';
import { ISSUE_HISTORY } from './queries/task-queries.ts';
import { type IssuePages, readIssuePages } from './read-issue-pages.ts';
import { readList } from './read-list.ts';
import type { Unread } from './unread.ts';

/**
 * Every issue of a repository with its words and links, oldest first: one call of 2 points per 100, and a further one
 * where an issue has more than 20 labels or blockers. Pull requests and timelines are not read, so that ten thousand
 * issues stay far below an hour's limit.
 */
export async function loadIssueHistory(
  client: GitHubClient,
  repository: RepositoryRef,
  paging: Pick<IssuePages, 'pageSize' | 'onProgress'> = {},
): Promise<readonly IssueRecord[]> {
  const gathering = startGathering(client);
  const records: IssueRecord[] = [];
  const pages = { ...paging, repository, query: ISSUE_HISTORY, label: 'Reading issues' };
  await readIssuePages<TaskNode>(gathering, pages, async (nodes) => {
    await completeLists(gathering, { tasks: nodes });
    for (const node of nodes) records.push(recordOf(node, gathering.unread));
  });
  return records;
}

function recordOf(node: TaskNode, unread: Unread): IssueRecord {
  const what = `blockers of ${formatRef(refOf(node))}`;
  const place = { holder: node, field: 'blockedBy', what, permission: 'issues: read', skipsHidden: true };
  const blockers = readList(node.blockedBy, place, unread);
  return {
    ...mapIssueWords(node),
    milestone: node.milestone?.title ?? null,
    childrenTotal: node.subIssuesSummary.total,
    blockers: blockers.known ? known(blockers.value.map(refOf)) : blockers,
  };
}
