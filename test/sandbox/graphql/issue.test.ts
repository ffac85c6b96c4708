import { beforeEach, describe, expect, it } from 'vitest';
import { addBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { closeIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { linkBranch } from '../../../src/sandbox/actions/link-branch.ts';
import { addSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { addReaction } from '../../../src/sandbox/actions/react.ts';
import { addMilestone, advanceClock } from '../../../src/sandbox/create-world.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { ask, BASE_URL, dataOf, person } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue, pullRequest, START } from './harbor-world.ts';

let world: World;

beforeEach(() => {
  world = harborWorld();
});

const issueData = (selection: string, number = 1) =>
  (
    dataOf(world, `{ repository(owner: "octo", name: "harbor") { issue(number: ${number}) { ${selection} } } }`) as {
      repository: { issue: Record<string, unknown> };
    }
  ).repository.issue;

describe('an issue', () => {
  it('shows everything that the world knows of it', () => {
    const repository = world.repositories.get(HARBOR);
    if (!repository) throw new Error('no harbor');
    addMilestone(world, repository, { title: 'v1', dueOn: '2026-06-01T00:00:00Z' });
    const record = openIssue(world, 'kim', {
      repository: HARBOR,
      title: 'Quay',
      body: 'Build it.',
      labels: ['lane:docs', 'lane:api'],
      assignees: ['ravi', 'parasol[bot]'],
      milestone: 1,
      issueType: 'Task',
    });
    expect(
      issueData(`id databaseId number title body url state stateReason closed closedAt locked createdAt updatedAt
        author { __typename login } authorAssociation viewerDidAuthor repository { nameWithOwner }
        labels(first: 5) { nodes { name } } assignees(first: 5) { totalCount nodes { login } } assignedActors(first: 5) { nodes { ... on User { login } ... on Bot { login } } }
        milestone { title dueOn openIssueCount progressPercentage } issueType { name } parent { id }`),
    ).toEqual({
      id: record.nodeId,
      databaseId: record.id,
      number: 1,
      title: 'Quay',
      body: 'Build it.',
      url: `${BASE_URL}/octo/harbor/issues/1`,
      state: 'OPEN',
      stateReason: null,
      closed: false,
      closedAt: null,
      locked: false,
      createdAt: START,
      updatedAt: START,
      author: { __typename: 'User', login: 'kim' },
      authorAssociation: 'MEMBER',
      viewerDidAuthor: true,
      repository: { nameWithOwner: 'octo/harbor' },
      // Labels in the order of their making.
      labels: { nodes: [{ name: 'lane:api' }, { name: 'lane:docs' }] },
      assignees: { totalCount: 1, nodes: [{ login: 'ravi' }] },
      assignedActors: { nodes: [{ login: 'ravi' }, { login: 'parasol' }] },
      milestone: { title: 'v1', dueOn: '2026-06-01T00:00:00Z', openIssueCount: 1, progressPercentage: 0 },
      issueType: { name: 'Task' },
      parent: null,
    });
  });

  it('calls a duplicate not planned unless asked for the finer word', () => {
    const quay = issue(world, 'Quay');
    closeIssue(world, 'kim', { item: inHarbor(quay), reason: 'duplicate' });
    expect(issueData('state stateReason fine: stateReason(enableDuplicate: true)')).toEqual({
      state: 'CLOSED',
      stateReason: 'NOT_PLANNED',
      fine: 'DUPLICATE',
    });
  });

  it('counts its sub-issues and dependencies', () => {
    const umbrella = issue(world, 'Umbrella');
    const children = ['Quay', 'Crane', 'Light'].map((title) => issue(world, title));
    for (const child of children) {
      addSubIssue(world, 'kim', { parent: inHarbor(umbrella), child: inHarbor(child) });
      addBlockedBy(world, 'kim', { blocked: inHarbor(umbrella), blocker: inHarbor(child) });
    }
    closeIssue(world, 'kim', { item: { repository: HARBOR, number: 2 } });
    expect(
      issueData(`subIssues(first: 2) { totalCount nodes { number parent { number } blocking(first: 1) { nodes { number } } } }
        subIssuesSummary { total completed percentCompleted }
        blockedBy(first: 1, orderBy: { field: CREATED_AT, direction: ASC }) { totalCount nodes { number } }
        issueDependenciesSummary { blockedBy totalBlockedBy blocking totalBlocking }`),
    ).toEqual({
      subIssues: {
        totalCount: 3,
        nodes: [2, 3].map((number) => ({ number, parent: { number: 1 }, blocking: { nodes: [{ number: 1 }] } })),
      },
      subIssuesSummary: { total: 3, completed: 1, percentCompleted: 33 },
      blockedBy: { totalCount: 3, nodes: [{ number: 2 }] },
      issueDependenciesSummary: { blockedBy: 2, totalBlockedBy: 3, blocking: 0, totalBlocking: 0 },
    });
  });

  it('names only open closing pull requests unless merged and closed ones are asked for', () => {
    issue(world, 'Quay');
    const merged = pullRequest(world, 'merged one', { body: 'fixes #1' });
    mergePullRequest(world, 'kim', { item: inHarbor(merged) });
    pullRequest(world, 'open one', { body: 'fixes #1' });
    expect(
      issueData(`a: closedByPullRequestsReferences(first: 5) { nodes { title } }
        b: closedByPullRequestsReferences(first: 5, includeClosedPrs: true) { nodes { title } }
        c: closedByPullRequestsReferences(first: 5, includeClosedPrs: true, orderByState: true) { nodes { title } }
        d: closedByPullRequestsReferences(first: 5, includeClosedPrs: true, userLinkedOnly: true) { totalCount }`),
    ).toEqual({
      a: { nodes: [{ title: 'open one' }] },
      b: { nodes: [{ title: 'merged one' }, { title: 'open one' }] },
      c: { nodes: [{ title: 'open one' }, { title: 'merged one' }] },
      d: { totalCount: 0 },
    });
  });

  it('links branches, also one that is deleted since', () => {
    const quay = issue(world, 'Quay');
    for (const branch of ['quay', 'quay-2']) linkBranch(world, 'kim', { item: inHarbor(quay), branch });
    world.repositories.get(HARBOR)?.branches.delete('quay-2');
    expect(
      issueData('linkedBranches(first: 5) { nodes { ref { name prefix repository { name } target { __typename } } } }'),
    ).toEqual({
      linkedBranches: {
        nodes: [
          {
            ref: {
              name: 'quay',
              prefix: 'refs/heads/',
              repository: { name: 'harbor' },
              target: { __typename: 'Commit' },
            },
          },
          { ref: null },
        ],
      },
    });
  });

  it('shows whose each comment is, and the reactions to it', () => {
    const quay = issue(world, 'Quay');
    const own = createComment(world, 'kim', { item: inHarbor(quay), body: 'mine' });
    advanceClock(world, 60);
    createComment(world, 'lena', { item: inHarbor(quay), body: 'theirs' });
    addReaction(world, 'ravi', { comment: own.id, content: '+1' });
    addReaction(world, 'kim', { item: inHarbor(quay), content: 'eyes' });
    expect(
      issueData(`reactions(first: 1) { viewerHasReacted nodes { content } } comments(first: 5, orderBy: { field: UPDATED_AT, direction: DESC }) {
        totalCount nodes { databaseId body viewerDidAuthor author { login } authorAssociation issue { number } pullRequest { id } reactions(first: 5) { viewerHasReacted nodes { content user { login } } } } }
        last: comments(last: 1) { nodes { url createdAt } }`),
    ).toMatchObject({
      reactions: { viewerHasReacted: true, nodes: [{ content: 'EYES' }] },
      comments: {
        totalCount: 2,
        nodes: [
          { body: 'theirs', viewerDidAuthor: false, author: { login: 'lena' }, authorAssociation: 'NONE' },
          {
            databaseId: own.id,
            body: 'mine',
            viewerDidAuthor: true,
            author: { login: 'kim' },
            authorAssociation: 'MEMBER',
            issue: { number: 1 },
            pullRequest: null,
            reactions: { viewerHasReacted: false, nodes: [{ content: 'THUMBS_UP', user: { login: 'ravi' } }] },
          },
        ],
      },
      last: { nodes: [{ createdAt: '2026-05-04T09:01:00Z', url: expect.stringContaining('/issues/1#issuecomment-') }] },
    });
  });

  it('is a ghost’s when its author is gone', () => {
    issue(world, 'Quay');
    world.accounts.delete('kim');
    const query = '{ repository(owner: "octo", name: "harbor") { issue(number: 1) { author { login } } } }';
    expect(ask(world, person('ravi'), query)).toEqual({ data: { repository: { issue: { author: null } } } });
  });
});

describe("a repository's issues", () => {
  const numbers = (args: string) => {
    const { repository } = dataOf(
      world,
      `{ repository(owner: "octo", name: "harbor") { issues(first: 10, ${args}) { nodes { number } } } }`,
    ) as { repository: { issues: { nodes: { number: number }[] } } };
    return repository.issues.nodes.map(({ number }) => number);
  };

  beforeEach(() => {
    openIssue(world, 'kim', { repository: HARBOR, title: 'a', labels: ['umbrella', 'lane:api'], issueType: 'Bug' });
    advanceClock(world, 3600);
    openIssue(world, 'ravi', { repository: HARBOR, title: 'b', labels: ['lane:api'], assignees: ['noor'] });
    advanceClock(world, 3600);
    openIssue(world, 'ravi', { repository: HARBOR, title: 'c', labels: ['lane:docs'] });
    closeIssue(world, 'kim', { item: { repository: HARBOR, number: 1 } });
  });

  it.each([
    ['states: [OPEN]', [2, 3]],
    ['labels: ["umbrella", "lane:docs"]', [1, 3]],
    ['filterBy: { labels: ["umbrella", "lane:api"] }', [1]],
    ['filterBy: { since: "2026-05-04T10:30:00Z" }', [1, 3]],
    ['filterBy: { createdBy: "RAVI" }', [2, 3]],
    ['filterBy: { assignee: "noor" }', [2]],
    ['filterBy: { assignee: "*" }', [2]],
    ['filterBy: { type: "bug" }', [1]],
    ['orderBy: { field: CREATED_AT, direction: DESC }', [3, 2, 1]],
    ['orderBy: { field: UPDATED_AT, direction: ASC }', [2, 1, 3]],
  ])('come by %s', (args, expected) => {
    expect(numbers(args)).toEqual(expected);
  });
});
