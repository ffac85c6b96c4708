import type { FieldTable } from './field-table.ts';
import { botFields, organizationFields, userFields, userStatusFields } from './fields/actor-fields.ts';
import {
  appFields,
  checkRunFields,
  checkSuiteFields,
  statusCheckRollupFields,
  statusContextFields,
  statusFields,
} from './fields/check-fields.ts';
import { issueCommentFields, pullRequestReviewFields } from './fields/comment-fields.ts';
import { commitFields, gitActorFields } from './fields/commit-fields.ts';
import {
  collaboratorEdgeFields,
  connectionFields,
  edgeFields,
  pageInfoFields,
  reactionConnectionFields,
  searchConnectionFields,
  stateCountFields,
  statusContextConnectionFields,
  timelineConnectionFields,
} from './fields/connection-fields.ts';
import { blobFields, treeEntryFields, treeFields } from './fields/git-object-fields.ts';
import { issueFieldFields, issueFieldValueFields, singleSelectValueFields } from './fields/issue-field-fields.ts';
import { dependenciesSummaryFields, issueFields, subIssuesSummaryFields } from './fields/issue-fields.ts';
import { issueTypeFields } from './fields/issue-type-fields.ts';
import { labelFields } from './fields/label-fields.ts';
import { milestoneFields } from './fields/milestone-fields.ts';
import { mutationFields, payloadFields } from './fields/mutation-fields.ts';
import { pullRequestFields } from './fields/pull-request-fields.ts';
import { changedFileFields, pullRequestCommitFields } from './fields/pull-request-part-fields.ts';
import { queryFields, rateLimitFields } from './fields/query-fields.ts';
import { reactionFields } from './fields/reaction-fields.ts';
import { linkedBranchFields, refFields, refUpdateRuleFields } from './fields/ref-fields.ts';
import { releaseFields } from './fields/release-fields.ts';
import { repositoryFields } from './fields/repository-fields.ts';
import { reviewRequestFields } from './fields/review-request-fields.ts';
import { teamFields } from './fields/team-fields.ts';
import { eventTables } from './fields/timeline-event-fields.ts';
import { workflowFields, workflowRunFields } from './fields/workflow-fields.ts';

/** GraphQL types to their modelled fields. Each table gets the sources that its type's parents hand out. */
const TABLES: Readonly<Record<string, FieldTable<never>>> = {
  Query: queryFields,
  Mutation: mutationFields,
  RateLimit: rateLimitFields,
  Repository: repositoryFields,
  Issue: issueFields,
  SubIssuesSummary: subIssuesSummaryFields,
  IssueDependenciesSummary: dependenciesSummaryFields,
  IssueType: issueTypeFields,
  IssueFieldText: issueFieldFields,
  IssueFieldNumber: issueFieldFields,
  IssueFieldDate: issueFieldFields,
  IssueFieldSingleSelect: issueFieldFields,
  IssueFieldTextValue: issueFieldValueFields,
  IssueFieldNumberValue: issueFieldValueFields,
  IssueFieldDateValue: issueFieldValueFields,
  IssueFieldSingleSelectValue: singleSelectValueFields,
  PullRequest: pullRequestFields,
  PullRequestCommit: pullRequestCommitFields,
  PullRequestChangedFile: changedFileFields,
  PullRequestReview: pullRequestReviewFields,
  ReviewRequest: reviewRequestFields,
  IssueComment: issueCommentFields,
  Reaction: reactionFields,
  Label: labelFields,
  Milestone: milestoneFields,
  User: userFields,
  UserStatus: userStatusFields,
  Organization: organizationFields,
  Bot: botFields,
  Team: teamFields,
  Ref: refFields,
  RefUpdateRule: refUpdateRuleFields,
  LinkedBranch: linkedBranchFields,
  Release: releaseFields,
  Commit: commitFields,
  GitActor: gitActorFields,
  Blob: blobFields,
  Tree: treeFields,
  TreeEntry: treeEntryFields,
  StatusCheckRollup: statusCheckRollupFields,
  CheckRun: checkRunFields,
  CheckSuite: checkSuiteFields,
  WorkflowRun: workflowRunFields,
  Workflow: workflowFields,
  Status: statusFields,
  StatusContext: statusContextFields,
  App: appFields,
  CheckRunStateCount: stateCountFields,
  StatusContextStateCount: stateCountFields,
  PageInfo: pageInfoFields,
  IssueTimelineItemsConnection: timelineConnectionFields,
  PullRequestTimelineItemsConnection: timelineConnectionFields,
  SearchResultItemConnection: searchConnectionFields,
  StatusCheckRollupContextConnection: statusContextConnectionFields,
  ReactionConnection: reactionConnectionFields,
  RepositoryCollaboratorEdge: collaboratorEdgeFields,
  ...eventTables,
};

/** The modelled fields of a type; lists, their edges and what mutations answer look alike on nearly every type. Null: none at all. */
export function fieldTableOf(typeName: string): FieldTable<never> | null {
  const table = TABLES[typeName];
  if (table !== undefined) return table;
  if (typeName.endsWith('Connection')) return connectionFields;
  if (typeName.endsWith('Payload')) return payloadFields;
  return typeName.endsWith('Edge') ? edgeFields : null;
}
