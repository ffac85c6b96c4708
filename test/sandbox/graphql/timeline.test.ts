import { beforeEach, describe, expect, it } from 'vitest';
import { addBlockedBy, removeBlockedBy } from '../../../src/sandbox/actions/block-issue.ts';
import { reopenIssue } from '../../../src/sandbox/actions/close-issue.ts';
import { createComment } from '../../../src/sandbox/actions/comment.ts';
import { markReady } from '../../../src/sandbox/actions/edit-pull-request.ts';
import { addSubIssue, removeSubIssue } from '../../../src/sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../src/sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../src/sandbox/actions/open-issue.ts';
import { requestReview } from '../../../src/sandbox/actions/request-review.ts';
import { submitReview } from '../../../src/sandbox/actions/submit-review.ts';
import { advanceClock } from '../../../src/sandbox/create-world.ts';
import type { World } from '../../../src/sandbox/world.ts';
import { dataOf } from './ask.ts';
import { HARBOR, harborWorld, inHarbor, issue, pullRequest, START } from './harbor-world.ts';

let world: World;

beforeEach(() => {
  world = harborWorld();
});

const history = (selection: string, { number = 1, field = 'issue' } = {}) =>
  (
    dataOf(
      world,
      `{ repository(owner: "octo", name: "harbor") { item: ${field}(number: ${number}) { ${selection} } } }`,
    ) as {
      repository: { item: { timelineItems: Record<string, unknown> } };
    }
  ).repository.item.timelineItems;

describe("an issue's timeline", () => {
  it('tells of assignment, labels and links with the other side', () => {
    const quay = openIssue(world, 'kim', {
      repository: HARBOR,
      title: 'Quay',
      labels: ['umbrella'],
      assignees: ['ravi'],
    });
    const crane = issue(world, 'Crane');
    addSubIssue(world, 'kim', { parent: inHarbor(crane), child: inHarbor(quay) });
    removeSubIssue(world, 'kim', { parent: inHarbor(crane), child: inHarbor(quay) });
    addBlockedBy(world, 'noor', { blocked: inHarbor(quay), blocker: inHarbor(crane) });
    removeBlockedBy(world, 'noor', { blocked: inHarbor(quay), blocker: inHarbor(crane) });
    const selection = `timelineItems(first: 20) { nodes { __typename
      ... on AssignedEvent { actor { login } assignee { ... on User { login } } assignable { __typename } createdAt }
      ... on LabeledEvent { label { name } }
      ... on ParentIssueAddedEvent { parent { number } } ... on ParentIssueRemovedEvent { parent { number } }
      ... on BlockedByAddedEvent { actor { login } blockingIssue { number } } ... on BlockedByRemovedEvent { blockingIssue { number } } } }`;
    expect(history(selection)).toEqual({
      nodes: [
        { __typename: 'LabeledEvent', label: { name: 'umbrella' } },
        {
          __typename: 'AssignedEvent',
          actor: { login: 'kim' },
          assignee: { login: 'ravi' },
          assignable: { __typename: 'Issue' },
          createdAt: START,
        },
        { __typename: 'ParentIssueAddedEvent', parent: { number: 2 } },
        { __typename: 'ParentIssueRemovedEvent', parent: { number: 2 } },
        { __typename: 'BlockedByAddedEvent', actor: { login: 'noor' }, blockingIssue: { number: 2 } },
        { __typename: 'BlockedByRemovedEvent', blockingIssue: { number: 2 } },
      ],
    });
    expect(
      history(
        'timelineItems(first: 9) { nodes { ... on SubIssueAddedEvent { subIssue { number } } ... on SubIssueRemovedEvent { subIssue { number } } ... on BlockingAddedEvent { blockedIssue { number } } ... on BlockingRemovedEvent { blockedIssue { number } } } }',
        { number: 2 },
      ),
    ).toEqual({
      nodes: [
        { subIssue: { number: 1 } },
        { subIssue: { number: 1 } },
        { blockedIssue: { number: 1 } },
        { blockedIssue: { number: 1 } },
      ],
    });
  });

  it('names the pull request that mentions it and the one that closed it', () => {
    issue(world, 'Quay');
    const fix = pullRequest(world, 'Build quay', { body: 'closes #1' });
    advanceClock(world, 60);
    mergePullRequest(world, 'kim', { item: inHarbor(fix) });
    const selection = `timelineItems(first: 20, itemTypes: [CROSS_REFERENCED_EVENT, CLOSED_EVENT, REOPENED_EVENT]) { nodes { __typename
      ... on CrossReferencedEvent { willCloseTarget isCrossRepository source { ... on PullRequest { number } } target { ... on Issue { number } } }
      ... on ClosedEvent { stateReason closer { __typename ... on PullRequest { number } } createdAt } } }`;
    const reference = {
      __typename: 'CrossReferencedEvent',
      willCloseTarget: true,
      isCrossRepository: false,
      source: { number: 2 },
      target: { number: 1 },
    };
    const closing = {
      __typename: 'ClosedEvent',
      stateReason: 'COMPLETED',
      closer: { __typename: 'PullRequest', number: 2 },
      createdAt: '2026-05-04T09:01:00Z',
    };
    expect(history(selection)).toEqual({ nodes: [reference, closing] });
    reopenIssue(world, 'kim', { item: { repository: HARBOR, number: 1 } });
    expect(history(selection)).toEqual({
      nodes: [reference, { ...closing, stateReason: null }, { __typename: 'ReopenedEvent' }],
    });
  });

  it('counts the filtered entries apart from all of them', () => {
    const quay = openIssue(world, 'kim', {
      repository: HARBOR,
      title: 'Quay',
      labels: ['umbrella', 'lane:api', 'lane:docs'],
    });
    advanceClock(world, 60);
    createComment(world, 'ravi', { item: inHarbor(quay), body: 'hello' });
    expect(
      history(
        'timelineItems(first: 2, itemTypes: [LABELED_EVENT]) { totalCount filteredCount pageCount updatedAt nodes { __typename } pageInfo { hasNextPage } }',
      ),
    ).toEqual({
      totalCount: 4,
      filteredCount: 3,
      pageCount: 2,
      updatedAt: '2026-05-04T09:01:00Z',
      nodes: [{ __typename: 'LabeledEvent' }, { __typename: 'LabeledEvent' }],
      pageInfo: { hasNextPage: true },
    });
    expect(
      history('timelineItems(last: 5, since: "2026-05-04T09:00:30Z") { nodes { ... on IssueComment { body } } }'),
    ).toEqual({
      nodes: [{ body: 'hello' }],
    });
  });
});

describe("a pull request's timeline", () => {
  it('tells of drafts, reviews, commits and the merge in order', () => {
    const fix = pullRequest(world, 'Build quay', { draft: true, commits: ['first'] });
    const steps = [
      () => markReady(world, 'ravi', { item: inHarbor(fix) }),
      () => requestReview(world, 'ravi', { item: inHarbor(fix), reviewers: ['noor'] }),
      () => submitReview(world, 'noor', { item: inHarbor(fix), state: 'approved' }),
      () => mergePullRequest(world, 'kim', { item: inHarbor(fix) }),
    ];
    for (const step of steps) {
      advanceClock(world, 60);
      step();
    }
    const selection = `timelineItems(first: 20) { nodes { __typename
      ... on PullRequestCommit { pushed: commit { message } }
      ... on ReadyForReviewEvent { actor { login } createdAt pullRequest { number } }
      ... on ReviewRequestedEvent { requestedReviewer { ... on User { login } } }
      ... on PullRequestReview { state }
      ... on MergedEvent { mergeRefName commit { oid } } } }`;
    expect(history(selection, { field: 'pullRequest' })).toMatchObject({
      nodes: [
        { __typename: 'PullRequestCommit', pushed: { message: 'first' } },
        {
          __typename: 'ReadyForReviewEvent',
          actor: { login: 'ravi' },
          createdAt: '2026-05-04T09:01:00Z',
          pullRequest: { number: 1 },
        },
        { __typename: 'ReviewRequestedEvent', requestedReviewer: { login: 'noor' } },
        { __typename: 'PullRequestReview', state: 'APPROVED' },
        { __typename: 'MergedEvent', mergeRefName: 'main', commit: { oid: fix.mergeCommitSha } },
        { __typename: 'ClosedEvent' },
      ],
    });
  });
});
