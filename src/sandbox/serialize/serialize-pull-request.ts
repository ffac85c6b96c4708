import { findRepository } from '../find-record.ts';
import { serializeMergeMethods } from '../merge-methods.ts';
import { reviewDecision } from '../review-decision.ts';
import type { PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { authorAssociation } from './author-association.ts';
import { serializeLabels } from './serialize-label.ts';
import { serializeMilestoneOf } from './serialize-milestone.ts';
import { serializeRepository } from './serialize-repository.ts';
import { serializeTeam } from './serialize-team.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls } from './urls.ts';

/** A pull request as lists and `pull_request_review` deliveries show it. */
export function serializeSimplePullRequest(
  world: World,
  repository: RepositoryRecord,
  pull: PullRequestRecord,
  baseUrl: string,
) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const assignees = [...pull.assignees].map((login) => serializeUser(world, login, baseUrl));
  const people = pull.reviewRequests.flatMap(({ login }) => login ?? []);
  const teams = pull.reviewRequests.flatMap(({ team }) => team ?? []);
  return {
    ...pullRequestUrls(`${html}/pull/${pull.number}`, api, pull),
    id: pull.id,
    node_id: pull.nodeId,
    number: pull.number,
    state: pull.state === 'open' ? 'open' : 'closed',
    locked: pull.locked,
    title: pull.title,
    user: serializeUser(world, pull.author, baseUrl),
    body: pull.body === '' ? null : pull.body,
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommitSha,
    assignee: assignees[0] ?? null,
    assignees,
    requested_reviewers: people.map((login) => serializeUser(world, login, baseUrl)),
    requested_teams: teams.map((slug) => serializeTeam(repository, slug, baseUrl)),
    labels: serializeLabels(repository, pull.labels, baseUrl),
    milestone: serializeMilestoneOf(world, repository, pull.milestone, baseUrl),
    draft: pull.isDraft,
    head: serializeHead(world, pull, baseUrl),
    base: {
      label: `${repository.owner}:${pull.baseRefName}`,
      ref: pull.baseRefName,
      sha: pull.baseSha,
      user: serializeUser(world, repository.owner, baseUrl),
      repo: serializeBranchRepository(world, repository, baseUrl),
    },
    author_association: authorAssociation(world, repository, pull.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** A pull request as `GET /repos/{owner}/{repo}/pulls/{number}` and `pull_request` deliveries show it. */
export function serializePullRequest(
  world: World,
  repository: RepositoryRecord,
  pull: PullRequestRecord,
  baseUrl: string,
) {
  const sum = (of: 'additions' | 'deletions') => pull.files.reduce((total, file) => total + file[of], 0);
  return {
    ...serializeSimplePullRequest(world, repository, pull, baseUrl),
    merged: pull.state === 'merged',
    mergeable: pull.state !== 'open' || pull.mergeable === 'unknown' ? null : pull.mergeable === 'mergeable',
    rebaseable: pull.state !== 'open' || pull.mergeable === 'unknown' ? null : pull.mergeable === 'mergeable',
    mergeable_state: mergeableState(repository, pull),
    merged_by: pull.mergedBy === null ? null : serializeUser(world, pull.mergedBy, baseUrl),
    comments: pull.comments.length,
    review_comments: 0,
    maintainer_can_modify: pull.headRepository !== `${repository.owner}/${repository.name}`.toLowerCase(),
    commits: pull.commits.length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: pull.files.length,
  };
}

/** The few fields of a pull request that check runs and suites carry. */
export function serializeMinimalPullRequest(repository: RepositoryRecord, pull: PullRequestRecord, baseUrl: string) {
  const { api } = repositoryUrls(repository, baseUrl);
  const repo = { id: repository.id, url: api, name: repository.name };
  return {
    url: `${api}/pulls/${pull.number}`,
    id: pull.id,
    number: pull.number,
    head: { ref: pull.headRefName, sha: pull.headSha, repo },
    base: { ref: pull.baseRefName, sha: pull.baseSha, repo },
  };
}

function serializeHead(world: World, pull: PullRequestRecord, baseUrl: string) {
  const home = pull.headRepository === null ? null : findRepository(world, pull.headRepository);
  const owner = home?.owner ?? pull.headRepository?.split('/')[0] ?? pull.author;
  return {
    label: `${owner}:${pull.headRefName}`,
    ref: pull.headRefName,
    sha: pull.headSha,
    user: serializeUser(world, owner, baseUrl),
    repo: home === null ? null : serializeBranchRepository(world, home, baseUrl),
  };
}

/** Inside a pull request a repository also shows how it may be merged. */
function serializeBranchRepository(world: World, repository: RepositoryRecord, baseUrl: string) {
  return {
    ...serializeRepository(world, repository, baseUrl),
    ...serializeMergeMethods(repository),
    allow_update_branch: false,
    use_squash_pr_title_as_default: false,
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    merge_commit_message: 'PR_TITLE',
    merge_commit_title: 'MERGE_MESSAGE',
  };
}

function mergeableState(repository: RepositoryRecord, pull: PullRequestRecord): string {
  if (pull.state !== 'open' || pull.mergeable === 'unknown') return 'unknown';
  if (pull.isDraft) return 'draft';
  if (pull.mergeable === 'conflicting') return 'dirty';
  const decision = reviewDecision(repository, pull);
  return decision === null || decision === 'APPROVED' ? 'clean' : 'blocked';
}

function pullRequestUrls(page: string, api: string, pull: PullRequestRecord) {
  const url = `${api}/pulls/${pull.number}`;
  const urls = {
    issue_url: `${api}/issues/${pull.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${pull.number}/comments`,
    statuses_url: `${api}/statuses/${pull.headSha}`,
  };
  const link = (href: string) => ({ href });
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    ...urls,
    _links: {
      self: link(url),
      html: link(page),
      issue: link(urls.issue_url),
      comments: link(urls.comments_url),
      review_comments: link(urls.review_comments_url),
      review_comment: link(urls.review_comment_url),
      commits: link(urls.commits_url),
      statuses: link(urls.statuses_url),
    },
  };
}
