import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../src/core/reading.ts';
import type { GraphqlProblem } from '../../src/github/client.ts';
import { mapTask } from '../../src/github/map-task.ts';
import type { TaskNode } from '../../src/github/nodes.ts';
import { createUnread } from '../../src/github/unread.ts';

const PLACE = { name: 'harbor', owner: { login: 'octo' }, visibility: 'PRIVATE' } as const;
const EMPTY = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function taskNode(part: Partial<TaskNode> = {}): TaskNode {
  return {
    id: 'I_2',
    number: 2,
    url: 'https://github.com/octo/harbor/issues/2',
    title: 'Gate',
    body: 'text',
    state: 'OPEN',
    stateReason: null,
    createdAt: '2026-03-01T00:00:00Z',
    updatedAt: '2026-03-02T00:00:00Z',
    closedAt: null,
    author: { login: 'kim' },
    repository: PLACE,
    issueType: null,
    milestone: null,
    parent: null,
    subIssuesSummary: { total: 0 },
    issueDependenciesSummary: { blockedBy: 0 },
    labels: EMPTY,
    assignedActors: EMPTY,
    blockedBy: EMPTY,
    closedByPullRequestsReferences: EMPTY,
    linkedBranches: EMPTY,
    timelineItems: EMPTY,
    ...part,
  };
}

const map = (part: Partial<TaskNode>) => mapTask(taskNode(part), createUnread());

/** Maps the node as GitHub answers it with one refusal at `path`. */
function mapRefused(part: Partial<TaskNode>, path: GraphqlProblem['path'], type: string | null = 'FORBIDDEN') {
  const unread = createUnread();
  const node = taskNode(part);
  unread.note({ data: node, problems: [{ type, message: 'no', path }] });
  return mapTask(node, unread);
}

it('maps an issue without anything', () => {
  expect(map({})).toEqual({
    nodeId: 'I_2',
    ref: { owner: 'octo', repo: 'harbor', number: 2 },
    url: 'https://github.com/octo/harbor/issues/2',
    title: 'Gate',
    body: 'text',
    visibility: 'private',
    state: 'open',
    stateReason: null,
    author: 'kim',
    createdAt: '2026-03-01T00:00:00Z',
    updatedAt: '2026-03-02T00:00:00Z',
    closedAt: null,
    issueType: null,
    milestone: null,
    labels: [],
    labeledAt: {},
    assignees: [],
    assignedAt: null,
    parent: null,
    children: known([]),
    childrenTotal: 0,
    blockers: known([]),
    closingPullRequests: known([]),
    linkedBranches: known([]),
    crossReferences: known([]),
  });
});

describe('single fields', () => {
  it('sort labels by name and name a deleted author null', () => {
    const labels = { nodes: [{ name: 'b' }, { name: 'B' }, { name: 'a' }] };
    expect(map({ labels, author: null })).toMatchObject({ labels: ['B', 'a', 'b'], author: null });
  });

  it.each([
    ['COMPLETED', 'completed'],
    ['NOT_PLANNED', 'not_planned'],
    ['DUPLICATE', 'duplicate'],
    ['REOPENED', 'reopened'],
  ] as const)('%s is %s', (stateReason, expected) => {
    expect(map({ stateReason }).stateReason).toBe(expected);
  });

  it('tell when each label was last put on', () => {
    const at = (createdAt: string, name: string) => ({
      __typename: 'LabeledEvent' as const,
      createdAt,
      label: { name },
    });
    const nodes = [
      at('2026-03-01T01:00:00Z', 'On-Hold'),
      at('2026-03-01T02:00:00Z', 'lane:api'),
      at('2026-03-01T03:00:00Z', 'on-hold'),
    ];
    expect(map({ timelineItems: { nodes } }).labeledAt).toEqual({
      'on-hold': '2026-03-01T03:00:00Z',
      'lane:api': '2026-03-01T02:00:00Z',
    });
  });

  it('take the assignment that still holds from the timeline', () => {
    const at = (createdAt: string, login: string) => ({
      __typename: 'AssignedEvent' as const,
      createdAt,
      assignee: { login },
    });
    const nodes = [
      at('2026-03-01T01:00:00Z', 'kim'),
      at('2026-03-01T02:00:00Z', 'ravi'),
      at('2026-03-01T03:00:00Z', 'kim'),
    ];
    const assignedActors = { nodes: [{ login: 'kim' }] };
    expect(map({ assignedActors, timelineItems: { nodes } }).assignedAt).toBe('2026-03-01T03:00:00Z');
  });
});

describe('a list of the task', () => {
  it('is unknown when GitHub refuses it, with the permission', () => {
    const facts = mapRefused({ closedByPullRequestsReferences: null }, [
      'closedByPullRequestsReferences',
      'nodes',
      0,
      'title',
    ]);
    expect(facts.closingPullRequests).toEqual(
      unknown({
        cause: 'forbidden',
        what: 'closing pull requests of octo/harbor#2',
        permission: 'pull_requests: read',
      }),
    );
  });

  it('is empty when GitHub says null and refuses nothing', () => {
    expect(map({ closedByPullRequestsReferences: null }).closingPullRequests).toEqual(known([]));
  });

  it('is unknown when one of its elements was refused', () => {
    const facts = mapRefused({ closedByPullRequestsReferences: { nodes: [null] } }, [
      'closedByPullRequestsReferences',
      'nodes',
      0,
    ]);
    expect(facts.closingPullRequests).toMatchObject({ known: false, gap: { cause: 'forbidden' } });
  });

  it('is unknown for another reason when GitHub gives none', () => {
    const facts = mapRefused({ blockedBy: null }, ['blockedBy'], null);
    expect(facts.blockers).toEqual(unknown({ cause: 'unavailable', what: 'blockers of octo/harbor#2' }));
  });

  it('is unknown while its rest was not fetched', () => {
    const blockedBy = { nodes: [], pageInfo: { hasNextPage: true, endCursor: 'x' } };
    expect(map({ blockedBy }).blockers).toEqual(unknown({ cause: 'truncated', what: 'blockers of octo/harbor#2' }));
  });
});

describe('linked branches', () => {
  const link = { ref: null };

  it('leave out one that was deleted', () => {
    expect(map({ linkedBranches: { nodes: [link] } }).linkedBranches).toEqual(known([]));
  });

  it('are unknown when a name was refused', () => {
    const facts = mapRefused({ linkedBranches: { nodes: [{ ref: null }] } }, ['linkedBranches', 'nodes', 0, 'ref']);
    expect(facts.linkedBranches).toEqual(
      unknown({ cause: 'forbidden', what: 'linked branches of octo/harbor#2', permission: 'contents: read' }),
    );
  });
});

describe('children', () => {
  const child = { ...taskNode(), number: 3 };

  it('are those that the reader may see; the total counts all', () => {
    const facts = mapRefused({ subIssuesSummary: { total: 2 }, subIssues: { nodes: [null, child] } }, [
      'subIssues',
      'nodes',
      0,
    ]);
    expect(facts).toMatchObject({ children: known([{ owner: 'octo', repo: 'harbor', number: 3 }]), childrenTotal: 2 });
  });

  it('are unknown where they were not asked for', () => {
    expect(map({ subIssuesSummary: { total: 2 } }).children).toEqual(
      unknown({ cause: 'truncated', what: 'sub-issues of octo/harbor#2 (not asked for)' }),
    );
  });
});

it('blockers are unknown when GitHub counts more open ones than it shows', () => {
  expect(map({ issueDependenciesSummary: { blockedBy: 1 } }).blockers).toEqual(
    unknown({ cause: 'forbidden', what: '1 private blockers of octo/harbor#2', permission: 'issues: read' }),
  );
});
