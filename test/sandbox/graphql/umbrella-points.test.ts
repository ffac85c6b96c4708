import { describe, expect, it } from 'vitest';
import { LISTS, type ListName } from '../../../src/github/queries/connections.ts';
import { ISSUE_FIELDS, REPOSITORY_TASKS } from '../../../src/github/queries/task-queries.ts';
import { UMBRELLA_QUERY } from '../../../src/github/queries/umbrella-query.ts';
import { executeGraphql } from '../../../src/sandbox/graphql/execute-graphql.ts';
import { BASE_URL, person } from './ask.ts';
import { harborWorld, issue } from './harbor-world.ts';

const OF_TASK: readonly ListName[] = [
  'labels',
  'assignedActors',
  'blockedBy',
  'closedByPullRequestsReferences',
  'linkedBranches',
  'timelineItems',
];
const OF_PULL_REQUEST: readonly ListName[] = ['reviewRequests', 'latestOpinionatedReviews', 'contexts'];

const CLOSING = LISTS.closedByPullRequestsReferences.first;
const nodesOf = (names: readonly ListName[]) => names.reduce((sum, name) => sum + LISTS[name].first, 0);

/** What one task takes by GitHub's formula: requests, one for each list; nodes, as many as the lists may hold. */
const withDetails = {
  requests: OF_TASK.length + CLOSING * OF_PULL_REQUEST.length,
  nodes: nodesOf(OF_TASK) + CLOSING * nodesOf(OF_PULL_REQUEST),
};

const costOf = (query: string, variables: Record<string, unknown>) => {
  const world = harborWorld();
  issue(world, 'Umbrella');
  const { body, cost } = executeGraphql({ world, viewer: person('kim'), baseUrl: BASE_URL, query, variables });
  // octo has no `.github` repository; nothing else may be wrong.
  expect(body.errors ?? []).toHaveLength(query === UMBRELLA_QUERY ? 1 : 0);
  return cost;
};

describe("the points of Parasol's own queries, worked out from their page sizes", () => {
  it('are 12 for an umbrella of 100 children', () => {
    const requests = withDetails.requests + ['subIssues', 'comments'].length + 100 * withDetails.requests;
    const nodes = withDetails.nodes + 100 + LISTS.comments.first + 100 * withDetails.nodes;
    expect(requests).toBe(1214);
    expect(costOf(UMBRELLA_QUERY, { owner: 'octo', repo: 'harbor', number: 1, children: 100 })).toEqual({
      points: Math.round(requests / 100),
      nodes,
    });
  });

  it('shrink with the page, as it does on a time-out', () => {
    const requests = withDetails.requests + 2 + 50 * withDetails.requests;
    const { points } = costOf(UMBRELLA_QUERY, { owner: 'octo', repo: 'harbor', number: 1, children: 50 });
    expect([points, Math.round(requests / 100)]).toEqual([6, 6]);
  });

  it('are 6 for a page of 100 tasks without the details of their pull requests', () => {
    const requests = 1 + 100 * OF_TASK.length;
    const nodes = 100 + 100 * nodesOf(OF_TASK);
    expect(costOf(REPOSITORY_TASKS, { owner: 'octo', repo: 'harbor', first: 100 })).toEqual({
      points: Math.round(requests / 100),
      nodes,
    });
  });

  it('are 1 for the issue fields of 100 tasks', () => {
    const world = harborWorld();
    const ids = Array.from({ length: 100 }, (_, n) => issue(world, `Task ${n}`).nodeId);
    const request = { world, viewer: person('kim'), baseUrl: BASE_URL, query: ISSUE_FIELDS, variables: { ids } };
    const { body, cost } = executeGraphql(request);
    expect(body.errors).toBeUndefined();
    expect(cost).toEqual({ points: 100 / 100, nodes: 100 + 100 * LISTS.issueFieldValues.first });
  });
});
