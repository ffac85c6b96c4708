import type { IssueStanding } from '../core/plan/standing.ts';
import { formatRef, type Ref, sameRef } from '../core/task/identity.ts';
import type { GitHubClient } from './client.ts';
import { demandAnswer } from './demand-answer.ts';
import { refOf } from './map-task.ts';
import type { PlaceNode } from './nodes.ts';
import { STANDING_OF_ISSUE } from './queries/standing-queries.ts';

interface Numbered {
  readonly number: number;
  readonly repository: PlaceNode;
}

interface Nodes<Node> {
  readonly nodes: readonly (Node | null)[] | null;
}

interface StandingNode extends Numbered {
  readonly title: string;
  readonly body: string;
  readonly state: 'OPEN' | 'CLOSED';
  readonly stateReason: 'COMPLETED' | 'NOT_PLANNED' | 'DUPLICATE' | 'REOPENED' | null;
  readonly labels: Nodes<{ readonly name: string }> | null;
  readonly assignedActors: Nodes<{ readonly login?: string }> | null;
  readonly blockedBy: Nodes<Numbered> | null;
  readonly blocking: Nodes<Numbered> | null;
  readonly milestone: { readonly title: string } | null;
  readonly issueType: { readonly name: string } | null;
  readonly closedByPullRequestsReferences: { readonly totalCount: number } | null;
  readonly linkedBranches: { readonly totalCount: number } | null;
  readonly comments: { readonly totalCount: number };
  readonly subIssuesSummary: { readonly total: number };
  readonly parent: (Numbered & { readonly subIssues: Nodes<Numbered> | null }) | null;
}

/** One issue as it stands now, in one call; null when there is none, or none that may be seen. */
export async function loadIssueStanding(client: GitHubClient, ref: Ref): Promise<IssueStanding | null> {
  const tried = `read ${formatRef(ref)}`;
  const { owner, repo, number } = ref;
  const reply = await client.graphql<{ repository: { issue: StandingNode | null } | null }>(
    STANDING_OF_ISSUE,
    { owner, repo, number },
    { tried },
  );
  demandAnswer(reply, tried);
  const node = reply.data.repository?.issue ?? null;
  return node === null ? null : standingOfNode(node);
}

function standingOfNode(node: StandingNode): IssueStanding {
  const ref = refOf(node);
  const siblings = present(node.parent?.subIssues).map(refOf);
  return {
    ref,
    title: node.title,
    body: node.body,
    state: node.state === 'OPEN' ? 'open' : 'closed',
    reason: node.stateReason === null ? null : REASONS[node.stateReason],
    labels: present(node.labels).map(({ name }) => name),
    assignees: present(node.assignedActors).flatMap(({ login }) => login ?? []),
    parent: node.parent === null ? null : refOf(node.parent),
    previous: siblings[siblings.findIndex((sibling) => sameRef(sibling, ref)) - 1] ?? null,
    blockers: present(node.blockedBy).map(refOf),
    blocking: present(node.blocking).map(refOf),
    milestone: node.milestone?.title ?? null,
    issueType: node.issueType?.name ?? null,
    pullRequests: node.closedByPullRequestsReferences?.totalCount ?? null,
    branches: node.linkedBranches?.totalCount ?? null,
    comments: node.comments.totalCount,
    children: node.subIssuesSummary.total,
  };
}

const REASONS = {
  COMPLETED: 'completed',
  NOT_PLANNED: 'not_planned',
  DUPLICATE: 'duplicate',
  REOPENED: 'reopened',
} as const;

const present = <Node>(list: Nodes<Node> | null | undefined): Node[] =>
  (list?.nodes ?? []).filter((node) => node !== null);
