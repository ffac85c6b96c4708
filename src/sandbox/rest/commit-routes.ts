import { notFound as notFoundRefusal } from '../actions/world-refusal.ts';
import { historyOfPath } from '../files-at.ts';
import { type Answer, notFound, ok } from '../http/answer.ts';
import { pageOf, readPage, slicePage } from '../http/pages.ts';
import { serializeBranch } from '../serialize/serialize-branch.ts';
import { serializeCommit } from '../serialize/serialize-commit.ts';
import { serializeFile } from '../serialize/serialize-file.ts';
import { repositoryUrls } from '../serialize/urls.ts';
import type { BranchRules, CommitRecord, FileRecord } from '../world.ts';
import { findCommit, historyOf, requireCommit } from './find-commit.ts';
import { type RepositoryCall, reading, repositoryRoutes } from './route.ts';
import { showSimplePullRequest } from './show-pull-request.ts';

const READING = reading('contents');

/** GitHub lists no more in one answer. */
const MOST_FILES = 300;

export const COMMIT_ROUTES = repositoryRoutes(
  ['GET', '/commits', 'repos/list-commits', READING, listCommits],
  [
    'GET',
    '/commits/:commit_sha/pulls',
    'repos/list-pull-requests-associated-with-commit',
    reading('pull_requests', 'contents'),
    listPullRequestsOfCommit,
  ],
  ['GET', '/compare/:basehead{.+}', 'repos/compare-commits-with-basehead', READING, compareCommits],
  ['GET', '/branches', 'repos/list-branches', READING, listBranches],
  ['GET', '/branches/:branch{.+}', 'repos/get-branch', READING, getBranch],
  ['GET', '/rules/branches/:branch{.+}', 'repos/get-branch-rules', reading('metadata'), getBranchRules],
  ['GET', '/commits/:ref{.+}', 'repos/get-commit', READING, getCommit],
);

function listCommits(call: RepositoryCall): Answer {
  const { world, repository, query, url, baseUrl } = call;
  const head = findCommit(repository, query.get('sha') ?? repository.defaultBranch);
  if (head === null) throw notFoundRefusal();
  const since = query.get('since');
  const until = query.get('until');
  const author = query.get('author')?.toLowerCase() ?? null;
  const path = query.get('path');
  const all = path === null ? historyOf(repository, head) : historyOfPath(repository, head, path);
  const commits = all.filter(
    (commit) =>
      (since === null || Date.parse(commit.committedAt) >= Date.parse(since)) &&
      (until === null || Date.parse(commit.committedAt) <= Date.parse(until)) &&
      (author === null || commit.author.toLowerCase() === author),
  );
  return pageOf(commits, url, (commit) => serializeCommit(world, repository, commit, baseUrl));
}

/** One commit with what it changed against its first parent. */
function getCommit({ world, repository, parameters, baseUrl }: RepositoryCall): Answer {
  const commit = requireCommit(repository, parameters.ref ?? '');
  const sum = (of: 'additions' | 'deletions') => commit.files.reduce((total, file) => total + file[of], 0);
  const [additions, deletions] = [sum('additions'), sum('deletions')];
  const place = { sha: commit.sha, since: commit.parents[0], baseUrl };
  const files = commit.files.slice(0, MOST_FILES).map((file) => serializeFile(repository, file, place));
  const stats = { total: additions + deletions, additions, deletions };
  return ok({ ...serializeCommit(world, repository, commit, baseUrl), stats, files });
}

/**
 * The pull requests that contain the commit, or that its merge made. For a commit on the default branch that is the
 * merged one that brought it in, as on GitHub; open ones only for commits that are not there yet.
 */
function listPullRequestsOfCommit(call: RepositoryCall): Answer {
  const { repository, parameters, url } = call;
  const { sha } = requireCommit(repository, parameters.commit_sha ?? '');
  const containing = [...repository.pullRequests.values()].filter((pull) =>
    [...pull.commits, ...(pull.rebasedCommits ?? []), pull.mergeCommitSha].includes(sha),
  );
  const merged = containing.filter((pull) => pull.state === 'merged' && pull.baseRefName === repository.defaultBranch);
  return pageOf(merged.length > 0 ? merged : containing, url, (pull) => showSimplePullRequest(call, repository, pull));
}

/** Commits of the second that the first does not have, oldest first, and the files that they touch, at most 300 as on GitHub. */
function compareCommits({ world, repository, parameters, query, baseUrl }: RepositoryCall): Answer {
  const [base, head] = (parameters.basehead ?? '').split('...').map((ref) => findCommit(repository, ref));
  if (base == null || head == null) throw notFoundRefusal();
  const [ofBase, ofHead] = [historyOf(repository, base), historyOf(repository, head)];
  const ahead = ofHead.filter((commit) => !ofBase.includes(commit)).toReversed();
  const behind = ofBase.filter((commit) => !ofHead.includes(commit));
  const shared = ofHead.find((commit) => ofBase.includes(commit));
  if (shared === undefined) throw notFoundRefusal();
  const show = (commit: CommitRecord) => serializeCommit(world, repository, commit, baseUrl);
  const { html, api } = repositoryUrls(repository, baseUrl);
  const page = `${html}/compare/${parameters.basehead}`;
  return ok({
    url: `${api}/compare/${parameters.basehead}`,
    html_url: page,
    permalink_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    base_commit: show(base),
    merge_base_commit: show(shared),
    status: comparisonOf(ahead.length, behind.length),
    ahead_by: ahead.length,
    behind_by: behind.length,
    total_commits: ahead.length,
    commits: slicePage(ahead, readPage(query)).map(show),
    files: filesOf(ahead)
      .slice(0, MOST_FILES)
      .map((file) => serializeFile(repository, file, { sha: head.sha, since: shared.sha, baseUrl })),
  });
}

/** Each once, as the last commit left it. */
const filesOf = (commits: readonly CommitRecord[]): readonly FileRecord[] => [
  ...new Map(commits.flatMap(({ files }) => files).map((file) => [file.path, file])).values(),
];

function comparisonOf(ahead: number, behind: number): string {
  if (ahead > 0 && behind > 0) return 'diverged';
  if (ahead > 0) return 'ahead';
  return behind > 0 ? 'behind' : 'identical';
}

function listBranches({ repository, url, baseUrl }: RepositoryCall): Answer {
  const byName = [...repository.branches].sort(([one], [other]) => one.localeCompare(other));
  return pageOf(byName, url, ([name, sha]) => serializeBranch(repository, name, sha, baseUrl));
}

function getBranch(call: RepositoryCall): Answer {
  const { world, repository, parameters, baseUrl } = call;
  const name = parameters.branch ?? '';
  const commit = headOf(call, name);
  if (commit === null) return notFound();
  const { html, api } = repositoryUrls(repository, baseUrl);
  const url = `${api}/branches/${name}`;
  return ok({
    ...serializeBranch(repository, name, commit.sha, baseUrl),
    commit: serializeCommit(world, repository, commit, baseUrl),
    _links: { self: url, html: `${html}/tree/${name}` },
    protection: { enabled: false, required_status_checks: { enforcement_level: 'off', contexts: [], checks: [] } },
    protection_url: `${url}/protection`,
  });
}

/** The rules of rulesets that hold on a branch, whether or not it is there; all of one. */
function getBranchRules({ repository, parameters, url }: RepositoryCall): Answer {
  const held = repository.rules.get(parameters.branch ?? '');
  const listed: BranchRules = held === undefined || held.isProtection ? { checks: [], approvals: 0 } : held;
  const { checks, approvals, isLinear = false, mergeMethods } = listed;
  const source = {
    ruleset_source_type: 'Repository',
    ruleset_source: `${repository.owner}/${repository.name}`,
    ruleset_id: repository.id,
  };
  const required = {
    type: 'required_status_checks',
    parameters: {
      strict_required_status_checks_policy: false,
      do_not_enforce_on_create: false,
      required_status_checks: checks.map((context) => ({ context })),
    },
    ...source,
  };
  const reviewed = {
    type: 'pull_request',
    parameters: {
      required_approving_review_count: approvals,
      dismiss_stale_reviews_on_push: false,
      require_code_owner_review: false,
      require_last_push_approval: false,
      required_review_thread_resolution: false,
      ...(mergeMethods === undefined ? {} : { allowed_merge_methods: mergeMethods }),
    },
    ...source,
  };
  const rules = [
    ...(approvals > 0 || mergeMethods !== undefined ? [reviewed] : []),
    ...(checks.length > 0 ? [required] : []),
    ...(isLinear ? [{ type: 'required_linear_history', ...source }] : []),
  ];
  return pageOf(rules, url, (rule) => rule);
}

function headOf({ repository }: RepositoryCall, branch: string): CommitRecord | null {
  return repository.commits.get(repository.branches.get(branch) ?? '') ?? null;
}
