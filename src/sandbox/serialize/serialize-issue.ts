import { findIssue, findRepository } from '../find-record.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { authorAssociation } from './author-association.ts';
import { serializeLabels } from './serialize-label.ts';
import { serializeMilestoneOf } from './serialize-milestone.ts';
import { serializeReactionCounts } from './serialize-reaction.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** An issue as REST and webhooks show it. `parent_issue_url` is there only when the issue has a parent, as on GitHub. */
export function serializeIssue(world: World, repository: RepositoryRecord, issue: IssueRecord, baseUrl: string) {
  return {
    ...serializeItem(world, repository, issue, baseUrl),
    type: serializeIssueType(repository, issue.issueType),
    sub_issues_summary: subIssuesSummary(world, issue),
    ...parentLink(world, issue, baseUrl),
    issue_dependencies_summary: dependenciesSummary(world, issue),
    closed_by: issue.closedBy === null ? null : serializeUser(world, issue.closedBy, baseUrl),
    state_reason: issue.stateReason,
  };
}

/** A pull request as the issues API shows it, with the `pull_request` key that tells it apart. */
export function serializePullRequestAsIssue(
  world: World,
  repository: RepositoryRecord,
  pull: PullRequestRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const page = `${html}/pull/${pull.number}`;
  return {
    ...serializeItem(world, repository, pull, baseUrl),
    html_url: page,
    draft: pull.isDraft,
    pull_request: {
      url: `${api}/pulls/${pull.number}`,
      html_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      merged_at: pull.mergedAt,
    },
    state_reason: null,
  };
}

/** Either of the two, for the endpoints and events that speak of "issues" and mean both. */
export function serializeAnyIssue(
  world: World,
  repository: RepositoryRecord,
  item: IssueRecord | PullRequestRecord,
  baseUrl: string,
) {
  return item.kind === 'issue'
    ? serializeIssue(world, repository, item, baseUrl)
    : serializePullRequestAsIssue(world, repository, item, baseUrl);
}

/** How many sub-issues an issue has and how many of them are closed, for whatever reason. */
export function subIssuesSummary(world: World, issue: IssueRecord) {
  const total = issue.children.length;
  const completed = issue.children.filter((key) => findIssue(world, key)?.state === 'closed').length;
  return { total, completed, percent_completed: total === 0 ? 0 : Math.round((completed / total) * 100) };
}

/** An issue type of the organization, or null. */
export function serializeIssueType(repository: RepositoryRecord, name: string | null) {
  if (name === null) return null;
  const position = [...repository.issueTypes].indexOf(name);
  return {
    id: repository.id * 100 + position,
    node_id: `IT_${repository.id}_${position}`,
    name,
    description: null,
    color: 'gray',
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    is_enabled: true,
  };
}

function serializeItem(
  world: World,
  repository: RepositoryRecord,
  item: IssueRecord | PullRequestRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const url = `${api}/issues/${item.number}`;
  const assignees = [...item.assignees].map((login) => serializeUser(world, login, baseUrl));
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: `${html}/issues/${item.number}`,
    id: item.id,
    node_id: item.nodeId,
    number: item.number,
    title: item.title,
    user: serializeUser(world, item.author, baseUrl),
    labels: serializeLabels(repository, item.labels, baseUrl),
    state: item.state === 'open' ? 'open' : 'closed',
    locked: item.locked,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: serializeMilestoneOf(world, repository, item.milestone, baseUrl),
    comments: item.comments.length,
    created_at: item.createdAt,
    updated_at: item.updatedAt,
    closed_at: item.closedAt,
    author_association: authorAssociation(world, repository, item.author),
    active_lock_reason: null,
    body: item.body === '' ? null : item.body,
    reactions: serializeReactionCounts(item.reactions, url),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: null,
  };
}

function parentLink(world: World, issue: IssueRecord, baseUrl: string): { parent_issue_url?: string } {
  const repository = issue.parent === null ? null : findRepository(world, issue.parent.repository);
  if (issue.parent === null || repository === null) return {};
  return { parent_issue_url: `${repositoryUrls(repository, baseUrl).api}/issues/${issue.parent.number}` };
}

function dependenciesSummary(world: World, issue: IssueRecord) {
  const open = (keys: readonly ItemKey[]) => keys.filter((key) => findIssue(world, key)?.state === 'open').length;
  return {
    blocked_by: open(issue.blockedBy),
    total_blocked_by: issue.blockedBy.length,
    blocking: open(issue.blocking),
    total_blocking: issue.blocking.length,
  };
}
