import { canSee, hasRole } from '../access/viewer.ts';
import { closePullRequest, editPullRequest, reopenPullRequest } from '../actions/edit-pull-request.ts';
import { mergePullRequest } from '../actions/merge-pull-request.ts';
import { openPullRequest } from '../actions/open-pull-request.ts';
import { WorldRefusal } from '../actions/world-refusal.ts';
import { type Answer, created, noContent, notFound, ok, refusal } from '../http/answer.ts';
import { pageOf } from '../http/pages.ts';
import { serializeCommit } from '../serialize/serialize-commit.ts';
import { serializeFile } from '../serialize/serialize-file.ts';
import type { PullRequestRecord, RepositoryRecord } from '../world.ts';
import { nullableText, optionalBoolean, optionalChoice, optionalText, requireText } from './body-fields.ts';
import { sortItems } from './list-issues.ts';
import { type RepositoryCall, reading, repositoryRoutes, writing } from './route.ts';
import { itemKeyOf } from './show-issue.ts';
import { requirePullRequestOf, showPullRequest, showSimplePullRequest } from './show-pull-request.ts';

const READING = reading('pull_requests');
const ONE = '/pulls/:pull_number';

export const PULL_REQUEST_ROUTES = repositoryRoutes(
  ['GET', '/pulls', 'pulls/list', READING, listPullRequests],
  ['POST', '/pulls', 'pulls/create', writing('read', 'pull_requests'), createPullRequest],
  ['GET', ONE, 'pulls/get', READING, getPullRequest],
  ['PATCH', ONE, 'pulls/update', writing('read', 'pull_requests'), updatePullRequest],
  ['GET', `${ONE}/files`, 'pulls/list-files', READING, listFiles],
  ['GET', `${ONE}/commits`, 'pulls/list-commits', READING, listCommits],
  ['GET', `${ONE}/merge`, 'pulls/check-if-merged', READING, checkMerged],
  ['PUT', `${ONE}/merge`, 'pulls/merge', writing('write', 'contents'), merge],
);

function listPullRequests(call: RepositoryCall): Answer {
  const { repository, query, url } = call;
  const state = query.get('state') ?? 'open';
  const base = query.get('base');
  const head = query.get('head')?.toLowerCase() ?? null;
  const wanted = [...repository.pullRequests.values()].filter(
    (pull) =>
      (state === 'all' || (state === 'open') === (pull.state === 'open')) &&
      (base === null || pull.baseRefName === base) &&
      (head === null || headLabel(call, pull).toLowerCase() === head),
  );
  const sorted = sortItems(wanted, query).flatMap((item) => (item.kind === 'pull_request' ? [item] : []));
  return pageOf(sorted, url, (pull) => showSimplePullRequest(call, repository, pull));
}

function headLabel({ repository }: RepositoryCall, pull: PullRequestRecord): string {
  return `${pull.headRepository?.split('/')[0] ?? repository.owner}:${pull.headRefName}`;
}

function getPullRequest(call: RepositoryCall): Answer {
  return ok(showPullRequest(call, call.repository, requirePullRequestOf(call)));
}

function createPullRequest(call: RepositoryCall): Answer {
  const { world, repository, repositoryKey, actor, body } = call;
  const title = requireText(body, 'title');
  const head = readHead(call, requireText(body, 'head'));
  const base = requireText(body, 'base');
  const draft = optionalBoolean(body, 'draft') ?? false;
  if (!repository.branches.has(base)) throw invalidBranch('base');
  const pull = openPullRequest(world, actor, {
    repository: repositoryKey,
    title,
    body: nullableText(body, 'body') ?? '',
    ...head,
    base,
    draft,
  });
  return created(showPullRequest(call, repository, pull));
}

/** `branch`, or `owner:branch` for a fork; the branch has to be there. */
function readHead({ world, viewer, repository, repositoryKey }: RepositoryCall, head: string) {
  const [owner, branch] = head.includes(':') ? head.split(':') : [repository.owner, head];
  const isOwn = owner?.toLowerCase() === repository.owner.toLowerCase();
  const home = isOwn
    ? repository
    : [...world.repositories.values()].find(
        (one) => one.owner.toLowerCase() === owner?.toLowerCase() && one.forkOf === repositoryKey,
      );
  const isVisible = home !== undefined && canSee(world, viewer, `${home.owner}/${home.name}`);
  if (!isVisible || branch === undefined || !home.branches.has(branch)) throw invalidBranch('head');
  return { branch, ...(isOwn ? {} : { headRepository: `${home.owner}/${home.name}`.toLowerCase() }) };
}

function invalidBranch(field: 'head' | 'base'): WorldRefusal {
  return new WorldRefusal(422, 'Validation Failed', [{ resource: 'PullRequest', field, code: 'invalid' }]);
}

function updatePullRequest(call: RepositoryCall): Answer {
  const { world, viewer, repository, repositoryKey, actor, body } = call;
  const pull = requirePullRequestOf(call);
  const mayEdit = viewer.kind === 'installation' || hasRole(world, actor, repositoryKey, 'write');
  if (!mayEdit && pull.author !== actor) return refusal(403, 'Must have admin rights to Repository.');
  const item = itemKeyOf(call);
  const title = optionalText(body, 'title');
  const text = nullableText(body, 'body');
  const base = optionalText(body, 'base');
  const state = optionalChoice(body, 'state', ['open', 'closed']);
  if (base !== undefined && !repository.branches.has(base)) throw invalidBranch('base');
  editPullRequest(world, actor, {
    item,
    ...(title === undefined ? {} : { title }),
    ...(text === undefined ? {} : { body: text }),
    ...(base === undefined ? {} : { base }),
  });
  if (state === 'closed') closePullRequest(world, actor, { item });
  if (state === 'open') reopenPullRequest(world, actor, { item });
  return ok(showPullRequest(call, repository, pull));
}

function listFiles(call: RepositoryCall): Answer {
  const { repository, url, baseUrl } = call;
  const pull = requirePullRequestOf(call);
  const since = repository.commits.get(pull.commits[0] ?? '')?.parents[0];
  return pageOf(pull.files, url, (file) => serializeFile(repository, file, { sha: pull.headSha, since, baseUrl }));
}

function listCommits(call: RepositoryCall): Answer {
  const { world, repository, url, baseUrl } = call;
  const commits = requirePullRequestOf(call).commits.flatMap((sha) => repository.commits.get(sha) ?? []);
  return pageOf(commits, url, (commit) => serializeCommit(world, repository, commit, baseUrl));
}

function checkMerged(call: RepositoryCall): Answer {
  return requirePullRequestOf(call).state === 'merged' ? noContent() : notFound();
}

function merge(call: RepositoryCall): Answer {
  const pull = requirePullRequestOf(call);
  const sha = optionalText(call.body, 'sha');
  const method = optionalChoice(call.body, 'merge_method', ['merge', 'squash', 'rebase']) ?? 'merge';
  if (sha !== undefined && sha !== pull.headSha) {
    return refusal(409, 'Head branch was modified. Review and try the merge again.');
  }
  const why = whyNotBy(call, method, pull.baseRefName);
  if (why !== null) return refusal(405, why);
  const merged = mergePullRequest(call.world, call.actor, { item: itemKeyOf(call), method });
  return ok({ sha: merged.mergeCommitSha, merged: true, message: 'Pull Request successfully merged' });
}

/** What GitHub says to a method that the settings of the repository, or the rules of the branch, do not allow. */
function whyNotBy(
  { world, actor, repository }: RepositoryCall,
  method: RepositoryRecord['mergeMethods'][number],
  base: string,
): string | null {
  const { mergeMethods, rules, owner, name } = repository;
  if (!mergeMethods.includes(method)) return NOT_HERE[method];
  const held = rules.get(base);
  if (held === undefined) return null;
  const { isLinear = false, isProtection = false, bindsAdministrators = false, mergeMethods: onBranch } = held;
  if (isProtection && !bindsAdministrators && hasRole(world, actor, `${owner}/${name}`, 'admin')) return null;
  if (method === 'merge' && isLinear) {
    return isProtection
      ? NOT_HERE.merge
      : 'Repository rule violations found\n\nThis branch must not contain merge commits.\n\n';
  }
  if (onBranch?.includes(method) !== false) return null;
  return `Repository rule violations found\n\nMerge method ${method} is not allowed on this branch.\n\n`;
}

const NOT_HERE = {
  merge: 'Merge commits are not allowed on this repository.',
  squash: 'Squash merges are not allowed on this repository.',
  rebase: 'Rebase merges are not allowed on this repository.',
} as const;
