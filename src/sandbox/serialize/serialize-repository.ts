import { findRepository } from '../find-record.ts';
import type { RepositoryRecord, World } from '../world.ts';
import { serializeUser } from './serialize-user.ts';
import { repositoryUrls, urlsOf } from './urls.ts';

/** A repository as other objects and webhooks show it. */
export function serializeRepository(world: World, repository: RepositoryRecord, baseUrl: string) {
  const { html, api } = repositoryUrls(repository, baseUrl);
  const fullName = `${repository.owner}/${repository.name}`;
  const forks = forksOf(world, repository);
  const items = [...repository.issues.values(), ...repository.pullRequests.values()];
  const openCount = items.filter(({ state }) => state === 'open').length;
  return {
    id: repository.id,
    node_id: repository.nodeId,
    name: repository.name,
    full_name: fullName,
    private: repository.visibility !== 'public',
    owner: serializeUser(world, repository.owner, baseUrl),
    html_url: html,
    description: repository.description ?? null,
    fork: repository.forkOf != null,
    url: api,
    ...templateUrls(api),
    created_at: repository.createdAt,
    updated_at: repository.createdAt,
    pushed_at: repository.pushedAt ?? repository.createdAt,
    git_url: `${html.replace(/^https?:/, 'git:')}.git`,
    ssh_url: `git@${new URL(urlsOf(baseUrl).html).hostname}:${fullName}.git`,
    clone_url: `${html}.git`,
    svn_url: html,
    homepage: null,
    size: repository.files.size,
    stargazers_count: 0,
    watchers_count: 0,
    language: null,
    has_issues: true,
    has_projects: true,
    has_downloads: true,
    has_wiki: true,
    has_pages: false,
    has_discussions: false,
    forks_count: forks,
    mirror_url: null,
    archived: false,
    disabled: false,
    open_issues_count: openCount,
    license: null,
    allow_forking: true,
    is_template: false,
    web_commit_signoff_required: false,
    topics: [],
    visibility: repository.visibility,
    forks,
    open_issues: openCount,
    watchers: 0,
    default_branch: repository.defaultBranch,
  };
}

/** A repository as `GET /repos/{owner}/{repo}` shows it. */
export function serializeFullRepository(world: World, repository: RepositoryRecord, baseUrl: string) {
  const organization = world.accounts.get(repository.owner.toLowerCase())?.type === 'Organization';
  const source = repository.forkOf == null ? null : findRepository(world, repository.forkOf);
  return {
    ...serializeRepository(world, repository, baseUrl),
    ...(organization ? { organization: serializeUser(world, repository.owner, baseUrl) } : {}),
    ...(source === null
      ? {}
      : { parent: serializeRepository(world, source, baseUrl), source: serializeRepository(world, source, baseUrl) }),
    network_count: forksOf(world, repository),
    subscribers_count: repository.collaborators.size,
  };
}

function forksOf(world: World, repository: RepositoryRecord): number {
  const key = `${repository.owner}/${repository.name}`.toLowerCase();
  return [...world.repositories.values()].filter(({ forkOf }) => forkOf === key).length;
}

function templateUrls(api: string) {
  return {
    forks_url: `${api}/forks`,
    keys_url: `${api}/keys{/key_id}`,
    collaborators_url: `${api}/collaborators{/collaborator}`,
    teams_url: `${api}/teams`,
    hooks_url: `${api}/hooks`,
    issue_events_url: `${api}/issues/events{/number}`,
    events_url: `${api}/events`,
    assignees_url: `${api}/assignees{/user}`,
    branches_url: `${api}/branches{/branch}`,
    tags_url: `${api}/tags`,
    blobs_url: `${api}/git/blobs{/sha}`,
    git_tags_url: `${api}/git/tags{/sha}`,
    git_refs_url: `${api}/git/refs{/sha}`,
    trees_url: `${api}/git/trees{/sha}`,
    statuses_url: `${api}/statuses/{sha}`,
    languages_url: `${api}/languages`,
    stargazers_url: `${api}/stargazers`,
    contributors_url: `${api}/contributors`,
    subscribers_url: `${api}/subscribers`,
    subscription_url: `${api}/subscription`,
    commits_url: `${api}/commits{/sha}`,
    git_commits_url: `${api}/git/commits{/sha}`,
    comments_url: `${api}/comments{/number}`,
    issue_comment_url: `${api}/issues/comments{/number}`,
    contents_url: `${api}/contents/{+path}`,
    compare_url: `${api}/compare/{base}...{head}`,
    merges_url: `${api}/merges`,
    archive_url: `${api}/{archive_format}{/ref}`,
    downloads_url: `${api}/downloads`,
    issues_url: `${api}/issues{/number}`,
    pulls_url: `${api}/pulls{/number}`,
    milestones_url: `${api}/milestones{/number}`,
    notifications_url: `${api}/notifications{?since,all,participating}`,
    labels_url: `${api}/labels{/name}`,
    releases_url: `${api}/releases{/id}`,
    deployments_url: `${api}/deployments`,
  };
}
