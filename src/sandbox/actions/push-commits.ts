import { addCommit, ensureBranch, treeOfCommit } from '../commit.ts';
import { findRepository } from '../find-record.ts';
import { textAt } from '../git/change-tree.ts';
import type { FileRecord, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { announcePush, closeByCommits } from './closing-references.ts';
import { makeFile, type NewFile } from './open-pull-request.ts';
import { placeIn, requireRepository } from './place.ts';
import { invalid } from './world-refusal.ts';

export interface Push {
  readonly repository: string;
  readonly branch: string;
  /** Messages, oldest first. */
  readonly commits: readonly string[];
  readonly files?: readonly NewFile[];
  /** A force-push: commits and files stand in place of those that the branch had of its own. */
  readonly forced?: boolean;
}

/** Pushes commits to a branch that is not the default one; open pull requests from it move with it. */
export function pushCommits(world: World, actor: string, input: Push): string {
  const repository = requireRepository(world, input.repository);
  if (input.branch === repository.defaultBranch) return pushToDefaultBranch(world, actor, input);
  const pulls = pullRequestsFrom(world, input);
  const home = pulls[0]?.repository ?? repository;
  const before = pulls[0]?.pull.headSha ?? ensureBranch(repository, input.branch);
  const { forced = false } = input;
  const onto = forced ? forkPointOf(home, pulls[0]?.pull) : before;
  const files = (input.files ?? []).map(makeFile);
  const shas = commitAll(world, actor, home, { messages: input.commits, onto, files });
  const after = shas.at(-1) ?? before;
  const ref = `refs/heads/${input.branch}`;
  repository.branches.set(input.branch, after);
  announcePush(world, actor, repository, { ref, before, after, forced, commits: shas, files });
  for (const { repository: base, pull } of pulls) movePullRequest(world, actor, { base, pull, shas, files, forced });
  return after;
}

/** Pushes commits and files (null removes one) straight to the default branch; closing keywords in messages count. */
export function pushToDefaultBranch(
  world: World,
  actor: string,
  input: { readonly repository: string; readonly commits: readonly string[]; readonly files?: readonly NewFile[] },
): string {
  const repository = requireRepository(world, input.repository);
  const before = ensureBranch(repository, repository.defaultBranch);
  const files = (input.files ?? []).map(makeFile);
  const shas = commitAll(world, actor, repository, { messages: input.commits, onto: before, files });
  const after = shas.at(-1) ?? before;
  repository.branches.set(repository.defaultBranch, after);
  applyFiles(repository, files);
  const ref = `refs/heads/${repository.defaultBranch}`;
  announcePush(world, actor, repository, { ref, before, after, commits: shas, files });
  closeByCommits(world, actor, repository, shas);
  return after;
}

/** Writes one file on the default branch, or removes it when `text` is null. */
export function putFile(
  world: World,
  actor: string,
  input: {
    readonly repository: string;
    readonly path: string;
    readonly text: string | null;
    readonly message?: string;
  },
): string {
  const { path, text } = input;
  const isNew = !requireRepository(world, input.repository).files.has(path);
  const status = text === null ? 'removed' : isNew ? 'added' : 'modified';
  return pushToDefaultBranch(world, actor, {
    repository: input.repository,
    commits: [input.message ?? `${status === 'removed' ? 'Delete' : status === 'added' ? 'Create' : 'Update'} ${path}`],
    files: [{ path, status, text }],
  });
}

/** Brings the files of the default branch to what its head has, where a change touched them. */
export function applyFiles(repository: RepositoryRecord, files: readonly FileRecord[]): void {
  const tree = treeOfCommit(repository, repository.branches.get(repository.defaultBranch));
  for (const path of files.flatMap((file) => [file.previousPath ?? file.path, file.path])) {
    const text = textAt(repository.objects, tree, path);
    if (text === null) repository.files.delete(path);
    else repository.files.set(path, text);
  }
}

/** The last commit of a push brings all of its files. */
function commitAll(
  world: World,
  author: string,
  repository: RepositoryRecord,
  push: { readonly messages: readonly string[]; readonly onto: string; readonly files: readonly FileRecord[] },
): string[] {
  if (push.messages.length === 0) throw invalid('Push', 'commits', 'a push needs at least one commit');
  const shas: string[] = [];
  for (const [index, message] of push.messages.entries()) {
    const files = index === push.messages.length - 1 ? push.files : [];
    shas.push(addCommit(world, repository, { message, author, files }, [shas.at(-1) ?? push.onto]).sha);
  }
  return shas;
}

/** Where a branch left the default one. */
function forkPointOf(repository: RepositoryRecord, pull: PullRequestRecord | undefined): string {
  const first = repository.commits.get(pull?.commits[0] ?? '');
  return first?.parents[0] ?? ensureBranch(repository, repository.defaultBranch);
}

function pullRequestsFrom(world: World, input: Push): { repository: RepositoryRecord; pull: PullRequestRecord }[] {
  const head = input.repository.toLowerCase();
  const family = [findRepository(world, head), findRepository(world, findRepository(world, head)?.forkOf ?? '')];
  return family.flatMap((repository) =>
    [...(repository?.pullRequests.values() ?? [])].flatMap((pull) =>
      repository !== null && pull.state === 'open' && pull.headRepository === head && pull.headRefName === input.branch
        ? [{ repository, pull }]
        : [],
    ),
  );
}

function movePullRequest(
  world: World,
  actor: string,
  move: {
    readonly base: RepositoryRecord;
    readonly pull: PullRequestRecord;
    readonly shas: readonly string[];
    readonly files: readonly FileRecord[];
    readonly forced: boolean;
  },
): void {
  const { base, pull, shas, files, forced } = move;
  const before = pull.headSha;
  const touched = new Set(files.map(({ path }) => path));
  pull.headSha = shas.at(-1) ?? before;
  pull.commits = [...(forced ? [] : pull.commits), ...shas];
  pull.files = [...(forced ? [] : pull.files.filter(({ path }) => !touched.has(path))), ...files];
  pull.updatedAt = world.now();
  const { key } = placeIn(base, pull);
  announce(world, {
    name: 'pull_request',
    action: 'synchronize',
    repository: key.repository,
    sender: actor,
    item: key,
    details: { before, sha: pull.headSha },
  });
}
