import { describe, expect, it } from 'vitest';
import { executeGraphql } from '../../../src/sandbox/graphql/execute-graphql.ts';
import { BASE_URL, person } from './ask.ts';
import { harborWorld } from './harbor-world.ts';

const cost = (query: string, variables: Record<string, unknown> = {}) =>
  executeGraphql({ world: harborWorld(), viewer: person('kim'), baseUrl: BASE_URL, query, variables }).cost;

describe('points and nodes of a query', () => {
  it("agree with the example of GitHub's own documentation", () => {
    // Requests: repositories 1 + issues of 100 repositories 100 + labels of 100 × 50 issues 5,000 = 5,101 → 51 points.
    // Nodes: 100 + 100 × 50 + 100 × 50 × 60 = 305,100.
    const query = `{ viewer { login repositories(first: 100) { edges { node { id
      issues(first: 50) { edges { node { id labels(first: 60) { edges { node { id name } } } } } } } } } } }`;
    expect(cost(query)).toEqual({ points: 51, nodes: 305_100 });
  });

  it('are at least one point for a query without any list', () => {
    expect(cost('{ repository(owner: "octo", name: "harbor") { id } }')).toEqual({ points: 1, nodes: 0 });
  });

  it('count each alias as a list of its own', () => {
    // Requests: a 1 + b 1 + labels of a's 90 issues 90 + labels of b's 60 issues 60 = 152 → 2 points (1.52 rounded).
    // Nodes: 90 + 60 + 90 × 2 + 60 × 2 = 450.
    const query = `{ repository(owner: "octo", name: "harbor") {
      a: issues(first: 90) { nodes { labels(first: 2) { totalCount } } }
      b: issues(last: 60) { nodes { labels(first: 2) { totalCount } } } } }`;
    expect(cost(query)).toEqual({ points: 2, nodes: 450 });
  });

  it('count a list once that is reached twice through fragments', () => {
    // Requests: issues 1 + labels of 100 issues 100 = 101 → 1 point. Nodes: 100 + 100 × 5 = 600.
    const query = `{ repository(owner: "octo", name: "harbor") {
        issues(first: 100) { nodes { id ...Labels } }
        ...Issues } }
      fragment Issues on Repository { issues(first: 100) { nodes { title labels(first: 5) { totalCount } } } }
      fragment Labels on Issue { labels(first: 5) { nodes { name } } }`;
    expect(cost(query)).toEqual({ points: 1, nodes: 600 });
  });

  it('add up what inline fragments on the types of a union select', () => {
    // Requests: timeline 1 + reviews 50 (of pull requests) + sub-issues 50 (of issues) + assignees of 50 × 3
    // sub-issues 150 = 251 → 3 points (2.51 rounded). Nodes: 50 + 50 × 4 + 50 × 3 + 150 × 2 = 700.
    const query = `{ repository(owner: "octo", name: "harbor") { issue(number: 1) {
      timelineItems(first: 50) { nodes { ... on CrossReferencedEvent { source {
        ... on PullRequest { reviews(first: 4) { totalCount } }
        ... on Issue { subIssues(first: 3) { nodes { assignees(first: 2) { totalCount } } } } } } } } } } }`;
    expect(cost(query)).toEqual({ points: 3, nodes: 700 });
  });

  it('count a fragment on an interface with the type that it widens', () => {
    // Requests: issues 1 + assignees of 60 issues 60 = 61 → 1 point. Nodes: 60 + 60 × 7 = 480.
    const query = `{ repository(owner: "octo", name: "harbor") { issues(first: 60) { nodes {
      assignees(first: 7) { totalCount } ... on Assignable { assignees(first: 7) { nodes { id } } } } } } }`;
    expect(cost(query)).toEqual({ points: 1, nodes: 480 });
  });

  it('take page sizes from variables and their defaults', () => {
    // Requests: issues 1 + comments of 30 issues 30 + reactions of 30 × 20 comments 600 = 631 → 6 points.
    // Nodes: 30 + 600 + 600 × 10 = 6,630.
    const query = `query Q($issues: Int!, $comments: Int = 20) { repository(owner: "octo", name: "harbor") {
      issues(first: $issues) { nodes { comments(last: $comments) { nodes { reactions(first: 10) { totalCount } } } } } } }`;
    expect(cost(query, { issues: 30 })).toEqual({ points: 6, nodes: 6630 });
  });

  it('count every id of a node list as a parent', () => {
    // Requests: labels of 3 nodes 3 + blockers of 3 nodes 3 + assignees of 3 × 100 blockers 300 = 306 → 3 points.
    // Nodes: the 3 themselves + 3 × 10 + 3 × 100 + 300 × 1 = 633.
    const query = `query Q($ids: [ID!]!) { nodes(ids: $ids) { ... on Issue { labels(first: 10) { totalCount }
      blockedBy(first: 100) { nodes { assignees(first: 1) { totalCount } } } } } }`;
    expect(cost(query, { ids: ['a', 'b', 'c'] })).toEqual({ points: 3, nodes: 633 });
  });

  it('leave out what @include and @skip leave out', () => {
    // Requests: issues 1 + labels of 100 issues 100 = 101 → 1 point; with assignees, too, 201 → 2 points.
    const query = `query Q($all: Boolean!) { repository(owner: "octo", name: "harbor") { issues(first: 100) { nodes {
      labels(first: 1) { totalCount } assignees(first: 1) @include(if: $all) { totalCount }
      comments(first: 1) @skip(if: true) { totalCount } } } } }`;
    expect([cost(query, { all: false }), cost(query, { all: true })]).toEqual([
      { points: 1, nodes: 200 },
      { points: 2, nodes: 300 },
    ]);
  });

  it('are answered by rateLimit with what is left of the budget', () => {
    const { body } = executeGraphql({
      world: harborWorld(),
      viewer: person('kim'),
      baseUrl: BASE_URL,
      query: `{ rateLimit { cost limit used remaining resetAt nodeCount }
        repository(owner: "octo", name: "harbor") { issues(first: 100) { nodes {
          labels(first: 1) { totalCount } assignees(first: 1) { totalCount } } } } }`,
      budget: { limit: 1000, used: 990, resetAt: '2026-05-04T10:00:00Z' },
    });
    // 1 + 100 + 100 requests → 2 points; 100 + 100 + 100 nodes.
    expect(body.data).toMatchObject({
      rateLimit: { cost: 2, limit: 1000, used: 992, remaining: 8, resetAt: '2026-05-04T10:00:00Z', nodeCount: 300 },
    });
  });
});

describe('a query beyond the limits', () => {
  const refusal = (query: string) =>
    executeGraphql({ world: harborWorld(), viewer: person('kim'), baseUrl: BASE_URL, query }).body;

  it('is refused without a page size', () => {
    expect(refusal('{ repository(owner: "octo", name: "harbor") { issues { totalCount } } }')).toEqual({
      errors: [
        {
          type: 'MISSING_PAGINATION_BOUNDARIES',
          message: 'You must provide a `first` or `last` value to properly paginate the `issues` connection.',
          path: ['query', 'repository', 'issues'],
          locations: [{ line: 1, column: 47 }],
        },
      ],
    });
  });

  it('is refused with pages of more than 100, and named by its alias', () => {
    expect(refusal('{ repository(owner: "octo", name: "harbor") { all: issues(last: 101) { totalCount } } }')).toEqual({
      errors: [
        {
          type: 'EXCESSIVE_PAGINATION',
          message: 'Requesting 101 records on the `issues` connection exceeds the `last` limit of 100 records.',
          path: ['query', 'repository', 'all'],
          locations: [{ line: 1, column: 47 }],
        },
      ],
    });
  });

  it('is refused above half a million nodes', () => {
    // 100 + 100 × 100 + 100 × 100 × 100 = 1,010,100.
    const query = `{ repository(owner: "octo", name: "harbor") { issues(first: 100) { nodes {
      subIssues(first: 100) { nodes { labels(first: 100) { totalCount } } } } } } }`;
    expect(refusal(query)).toEqual({
      errors: [
        {
          type: 'MAX_NODE_LIMIT_EXCEEDED',
          message: 'This query requests up to 1,010,100 possible nodes which exceeds the maximum limit of 500,000.',
        },
      ],
    });
  });
});
