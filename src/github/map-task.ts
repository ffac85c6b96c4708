import { known, type Reading, unknown, valueOr } from '../core/reading.ts';
import type { BlockerFacts, LinkedBranchFacts, TaskFacts, Visibility } from '../core/task/facts.ts';
import { formatRef, type Ref } from '../core/task/identity.ts';
import type { IssueWords } from '../core/task/issue-record.ts';
import type { BlockerNode, IssuePlaceNode, PlaceNode, RepositoryNode, TaskNode, TimelineNode } from './nodes.ts';
import { readList } from './read-list.ts';
import { gapOf, type Unread } from './unread.ts';

/**
 * One issue node as facts. Null with a refusal becomes unknown and names the permission; null without one is a known
 * absence. Children are left to the caller where the node has no `subIssues`: their number alone is known then.
 */
export function mapTask(node: TaskNode, unread: Unread): TaskFacts {
  const ref = refOf(node);
  const name = formatRef(ref);
  const timeline = readList(
    node.timelineItems,
    {
      holder: node,
      field: 'timelineItems',
      what: `timeline of ${name}`,
      permission: 'issues: read',
      skipsHidden: true,
    },
    unread,
  );
  const assignees = logins(node);
  return {
    ...mapIssueWords(node),
    nodeId: node.id,
    visibility: visibilityOf(node.repository),
    updatedAt: node.updatedAt,
    milestone: node.milestone === null ? null : { title: node.milestone.title, dueOn: node.milestone.dueOn },
    labeledAt: lastLabelled(valueOr(timeline, [])),
    assignees,
    assignedAt: firstAssignment(valueOr(timeline, []), assignees),
    children: childRefs(node, unread),
    childrenTotal: node.subIssuesSummary.total,
    blockers: blockers(node, valueOr(timeline, []), unread),
    closingPullRequests: closingPullRequests(node, unread),
    linkedBranches: linkedBranches(node, unread),
    crossReferences: timeline.known ? known(referencedPullRequests(timeline.value)) : timeline,
  };
}

export function mapIssueWords(node: TaskNode): IssueWords {
  return {
    ref: refOf(node),
    url: node.url,
    title: node.title,
    body: node.body,
    state: node.state === 'OPEN' ? 'open' : 'closed',
    stateReason: STATE_REASONS[node.stateReason ?? 'NONE'],
    author: node.author?.login ?? null,
    createdAt: node.createdAt,
    closedAt: node.closedAt,
    issueType: node.issueType?.name ?? null,
    labels: present(node.labels?.nodes)
      .map((label) => label.name)
      .sort(byText),
    parent: node.parent === null ? null : refOf(node.parent),
  };
}

export const refOf = (node: { readonly number: number; readonly repository: PlaceNode }): Ref => ({
  owner: node.repository.owner.login,
  repo: node.repository.name,
  number: node.number,
});

export function visibilityOf(repository: RepositoryNode): Visibility {
  return ({ PUBLIC: 'public', INTERNAL: 'internal', PRIVATE: 'private' } as const)[repository.visibility];
}

const STATE_REASONS = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  DUPLICATE: 'duplicate',
  REOPENED: 'reopened',
  NONE: null,
} as const;

/** By code unit, so that the same facts give the same order on every machine. */
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function present<Node>(nodes: readonly (Node | null)[] | null | undefined): Node[] {
  return (nodes ?? []).filter((node) => node !== null);
}

function logins(node: TaskNode): string[] {
  return present(node.assignedActors?.nodes).flatMap(({ login }) => login ?? []);
}

/** The latest assignment of each present assignee still holds; the earliest of those is when work was taken up. */
function firstAssignment(timeline: readonly TimelineNode[], assignees: readonly string[]): string | null {
  const latest = new Map<string, string>();
  for (const event of timeline) {
    if (event.__typename !== 'AssignedEvent' || !event.assignee?.login) continue;
    if (assignees.includes(event.assignee.login)) latest.set(event.assignee.login, event.createdAt);
  }
  return [...latest.values()].sort(byText)[0] ?? null;
}

function lastLabelled(timeline: readonly TimelineNode[]): Readonly<Record<string, string>> {
  const added = timeline.filter((event) => event.__typename === 'LabeledEvent');
  return Object.fromEntries(added.map(({ label, createdAt }) => [label.name.toLowerCase(), createdAt]));
}

function childRefs(node: TaskNode, unread: Unread): Reading<readonly Ref[]> {
  if (node.subIssues === undefined && node.subIssuesSummary.total === 0) return known([]);
  const place = {
    holder: node,
    field: 'subIssues',
    what: `sub-issues of ${formatRef(refOf(node))}`,
    permission: 'issues: read',
  };
  const children = readList<IssuePlaceNode>(node.subIssues, { ...place, skipsHidden: true }, unread);
  return children.known ? known(children.value.map(refOf)) : children;
}

/** GitHub leaves out blockers that the reader may not see, but counts the open ones: more open than shown is unknown. */
function blockers(node: TaskNode, timeline: readonly TimelineNode[], unread: Unread): Reading<readonly BlockerFacts[]> {
  const what = `blockers of ${formatRef(refOf(node))}`;
  const place = { holder: node, field: 'blockedBy', what, permission: 'issues: read' };
  const shown = readList(node.blockedBy, place, unread);
  if (!shown.known) return shown;
  const open = shown.value.filter(({ state }) => state === 'OPEN').length;
  const hidden = node.issueDependenciesSummary.blockedBy - open;
  if (hidden > 0) return unknown({ cause: 'forbidden', what: `${hidden} private ${what}`, permission: 'issues: read' });
  return known(shown.value.map((blocker) => blockerFacts(blocker, timeline)));
}

function blockerFacts(node: BlockerNode, timeline: readonly TimelineNode[]): BlockerFacts {
  const added = timeline.filter(
    (event) => event.__typename === 'BlockedByAddedEvent' && event.blockingIssue?.id === node.id,
  );
  return {
    ref: refOf(node),
    url: node.url,
    title: node.title,
    visibility: visibilityOf(node.repository),
    state: node.state === 'OPEN' ? 'open' : 'closed',
    closedAt: node.closedAt,
    addedAt: added.at(-1)?.createdAt ?? null,
    assignees: [],
  };
}

function closingPullRequests(node: TaskNode, unread: Unread): Reading<readonly Ref[]> {
  const what = `closing pull requests of ${formatRef(refOf(node))}`;
  const place = { holder: node, field: 'closedByPullRequestsReferences', what, permission: 'pull_requests: read' };
  const list = readList(node.closedByPullRequestsReferences, place, unread);
  return list.known ? known(list.value.map(refOf)) : list;
}

function linkedBranches(node: TaskNode, unread: Unread): Reading<readonly LinkedBranchFacts[]> {
  const what = `linked branches of ${formatRef(refOf(node))}`;
  const permission = 'contents: read';
  const list = readList(node.linkedBranches, { holder: node, field: 'linkedBranches', what, permission }, unread);
  if (!list.known) return list;
  const branches: LinkedBranchFacts[] = [];
  for (const link of list.value) {
    const refusal = link.ref === null ? unread.at(link, 'ref') : null;
    if (refusal !== null) return unknown(gapOf(refusal, what, permission));
    // A deleted branch leaves its link behind.
    if (link.ref === null) continue;
    branches.push({ owner: link.ref.repository.owner.login, repo: link.ref.repository.name, name: link.ref.name });
  }
  return known(branches);
}

function referencedPullRequests(timeline: readonly TimelineNode[]): Ref[] {
  const refs = new Map<string, Ref>();
  for (const event of timeline) {
    if (event.__typename !== 'CrossReferencedEvent' || event.source?.__typename !== 'PullRequest') continue;
    refs.set(event.source.id, refOf(event.source));
  }
  return [...refs.values()];
}
