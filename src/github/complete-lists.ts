import { UserError } from '../core/failure.ts';
import { askSmaller } from './ask-smaller.ts';
import type { GitHubClient } from './client.ts';
import type { Connection, Maybe, PullRequestNode, TaskNode } from './nodes.ts';
import { problemOf } from './problem-of-failure.ts';
import { LISTS, type ListName } from './queries/connections.ts';
import { followUpQuery } from './queries/follow-up-query.ts';
import type { Unread } from './unread.ts';

/** Lists asked for in one follow-up call: 20 lists of 100 stay far below GitHub's limits on nodes and time. */
const LISTS_PER_CALL = 20;
/** With pages of 100: a list of more than 1,000 stays cut, and is reported so. */
const MAX_ROUNDS = 10;
/** For one list alone. */
const MAX_PAGES = 50;

interface Completing {
  readonly client: GitHubClient;
  readonly unread: Unread;
}

interface Nodes {
  readonly tasks?: readonly TaskNode[];
  readonly pullRequests?: readonly PullRequestNode[];
}

interface CutList {
  readonly name: ListName;
  readonly parentId: string;
  readonly list: Connection<unknown>;
  /** Page size to begin with; default 100. */
  readonly size?: number;
}

/**
 * Fetches what did not fit the first page of any list: twenty lists per call, round after round, and the lists of what
 * a round brings too. The nodes are completed in place. A page that cannot be had leaves its list marked as unread.
 */
export async function completeLists(by: Completing, nodes: Nodes): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const cut = findCutLists(nodes).filter(({ list }) => by.unread.at(list, 'nodes') === null);
    if (cut.length === 0) return;
    for (let from = 0; from < cut.length; from += LISTS_PER_CALL) {
      await fetchNextPages(by, cut.slice(from, from + LISTS_PER_CALL));
    }
  }
}

/** The children beyond the first page: by far the largest nodes, so they come alone and in smaller pages if need be. */
export async function completeChildren(by: Completing, umbrella: TaskNode): Promise<void> {
  const list = umbrella.subIssues;
  if (list?.nodes != null)
    await completeList(by, { name: 'subIssues', parentId: umbrella.id, list, size: list.nodes.length });
}

/** Pages on through one list until it ends or a page fails. */
async function completeList(by: Completing, cut: CutList): Promise<void> {
  for (let page = 0; page < MAX_PAGES; page += 1) {
    if (!cut.list.pageInfo?.hasNextPage || by.unread.at(cut.list, 'nodes') !== null) return;
    await fetchNextPages(by, [cut]);
  }
}

function findCutLists({ tasks = [], pullRequests = [] }: Nodes): CutList[] {
  const closing = tasks.flatMap((task) =>
    (task.closedByPullRequestsReferences?.nodes ?? []).filter((node) => node !== null),
  );
  return [...tasks.flatMap(cutListsOfTask), ...[...pullRequests, ...closing].flatMap(cutListsOfPullRequest)];
}

function cutListsOfTask(node: TaskNode): CutList[] {
  return [
    ...cut(node, 'labels', node.labels),
    ...cut(node, 'assignedActors', node.assignedActors),
    ...cut(node, 'blockedBy', node.blockedBy),
    ...cut(node, 'closedByPullRequestsReferences', node.closedByPullRequestsReferences),
    ...cut(node, 'linkedBranches', node.linkedBranches),
    ...cut(node, 'timelineItems', node.timelineItems),
  ];
}

function cutListsOfPullRequest(node: PullRequestNode): CutList[] {
  const rollup = node.statusCheckRollup;
  // Where all is green, further contexts have nothing to add.
  const contexts = rollup == null || rollup.state === 'SUCCESS' ? null : rollup.contexts;
  return [
    ...cut(node, 'reviewRequests', node.reviewRequests),
    ...cut(node, 'latestOpinionatedReviews', node.latestOpinionatedReviews),
    ...cut(node, 'contexts', contexts),
    ...cut(node, 'commits', node.commits),
  ];
}

function cut(parent: { readonly id: string }, name: ListName, list: Maybe<Connection<unknown>>): CutList[] {
  return list?.nodes != null && list.pageInfo?.hasNextPage ? [{ name, parentId: parent.id, list }] : [];
}

interface FurtherPages {
  readonly [page: `page${number}`]: Readonly<Record<string, unknown>> | null;
}

async function fetchNextPages({ client, unread }: Completing, lists: readonly CutList[]): Promise<void> {
  const variables = Object.fromEntries(
    lists.flatMap(({ parentId, list }, n) => [
      [`id${n}`, parentId],
      [`after${n}`, list.pageInfo?.endCursor ?? null],
    ]),
  );
  const size = Math.min(...lists.map((cutList) => cutList.size ?? 100));
  const query = followUpQuery(lists.map(({ name }) => name));
  try {
    const { answer } = await askSmaller(size, (first, patience) =>
      client.graphql<FurtherPages>(
        query,
        { ...variables, first },
        { tried: 'read the rest of long lists', ...patience },
      ),
    );
    unread.note(answer);
    for (const [n, { name, list }] of lists.entries()) {
      appendPage(list, pageOf(answer.data[`page${n}`], name), unread);
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    for (const { list } of lists) unread.mark(list, 'nodes', problemOf(error));
  }
}

function pageOf(
  parent: Readonly<Record<string, unknown>> | null | undefined,
  name: ListName,
): Connection<unknown> | null {
  const { field, within } = LISTS[name];
  const holder: unknown = within === null ? parent : parent?.[within];
  const page: unknown = typeof holder === 'object' && holder !== null ? Reflect.get(holder, field) : null;
  return typeof page === 'object' && page !== null && 'nodes' in page ? (page as Connection<unknown>) : null;
}

function appendPage(list: Connection<unknown>, page: Connection<unknown> | null, unread: Unread): void {
  if (page?.nodes == null || list.nodes === null) {
    unread.mark(list, 'nodes', { type: null, message: 'a further page was not answered', path: [] });
    return;
  }
  for (const [index, node] of page.nodes.entries()) {
    const problem = unread.at(page.nodes, index);
    if (problem !== null) unread.mark(list.nodes, list.nodes.length, problem);
    list.nodes.push(node);
  }
  if (page.pageInfo !== undefined) list.pageInfo = page.pageInfo;
}
