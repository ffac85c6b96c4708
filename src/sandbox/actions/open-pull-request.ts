import { addCommit, ensureBranch } from '../commit.ts';
import { findRepository } from '../find-record.ts';
import { newIds, register } from '../node-id.ts';
import type { FileRecord, PullRequestRecord, RepositoryRecord, World } from '../world.ts';
import { announce } from './announce.ts';
import { assign } from './assign.ts';
import { refreshClosingIssues } from './closing-references.ts';
import { label } from './label.ts';
import { checkBody, checkTitle } from './limits.ts';
import { noteReferences } from './note-references.ts';
import { placeIn, requireRepository } from './place.ts';
import { requestReview } from './request-review.ts';
import { WorldRefusal } from './world-refusal.ts';

/** A changed file; what is left out is a modified file with a line added. */
export interface NewFile {
  readonly path: string;
  readonly previousPath?: string | null;
  readonly status?: FileRecord['status'];
  readonly additions?: number;
  readonly deletions?: number;
  readonly patch?: string | null;
  readonly text?: string | null;
}

export interface NewPullRequest {
  /** Where it is to be merged. */
  readonly repository: string;
  readonly title: string;
  readonly body?: string | null;
  readonly branch: string;
  /** The head's repository when it is a fork. */
  readonly headRepository?: string;
  /** The default branch otherwise. */
  readonly base?: string;
  readonly draft?: boolean;
  /** Commits pushed with it, oldest first; the branch's own ones otherwise, or one named after the title. */
  readonly commits?: readonly string[];
  readonly files?: readonly NewFile[];
  readonly requiredApprovals?: number;
  readonly labels?: readonly string[];
  readonly assignees?: readonly string[];
  readonly reviewers?: readonly string[];
  readonly teamReviewers?: readonly string[];
  readonly milestone?: number | null;
  readonly number?: number;
}

/** Opens a pull request: commits on the head branch, `pull_request.opened`, then labels, assignees and review requests. */
export function openPullRequest(world: World, actor: string, input: NewPullRequest): PullRequestRecord {
  const repository = requireRepository(world, input.repository);
  checkTitle('PullRequest', input.title);
  checkBody('PullRequest', input.body ?? '');
  refuseSecondOne(repository, input);
  const record = makePullRequest(world, actor, repository, input);
  repository.nextNumber = Math.max(repository.nextNumber, record.number + 1);
  repository.pullRequests.set(record.number, record);
  register(world, { type: 'PullRequest', repository, record });
  refreshClosingIssues(world, repository, record);
  const place = placeIn(repository, record);
  announce(world, {
    name: 'pull_request',
    action: 'opened',
    repository: place.key.repository,
    sender: actor,
    item: place.key,
    details: { sha: record.headSha },
  });
  noteReferences(world, actor, place, record.body);
  const item = place.key;
  if ((input.labels ?? []).length > 0) label(world, actor, { item, labels: input.labels ?? [] });
  if ((input.assignees ?? []).length > 0) assign(world, actor, { item, assignees: input.assignees ?? [] });
  const reviewers = input.reviewers ?? [];
  const teams = input.teamReviewers ?? [];
  if (reviewers.length + teams.length > 0) requestReview(world, actor, { item, reviewers, teams });
  return record;
}

/** A complete file record from what a story says of it. */
export function makeFile(input: NewFile): FileRecord {
  return {
    path: input.path,
    previousPath: input.previousPath ?? null,
    status: input.status ?? 'modified',
    additions: input.additions ?? 1,
    deletions: input.deletions ?? 0,
    text: input.text ?? null,
    patch: input.patch ?? null,
  };
}

/** A branch may be open into several bases, once into each. */
function refuseSecondOne(repository: RepositoryRecord, input: NewPullRequest): void {
  const head = headKey(repository, input);
  const base = input.base ?? repository.defaultBranch;
  const isOpen = [...repository.pullRequests.values()].some(
    (one) =>
      one.state === 'open' &&
      one.headRefName === input.branch &&
      one.headRepository === head &&
      one.baseRefName === base,
  );
  if (!isOpen) return;
  const message = `A pull request already exists for ${head.split('/')[0]}:${input.branch}.`;
  throw new WorldRefusal(422, 'Validation Failed', [
    { resource: 'PullRequest', code: 'custom', field: 'head', message },
  ]);
}

function headKey(repository: RepositoryRecord, input: NewPullRequest): string {
  return (input.headRepository ?? `${repository.owner}/${repository.name}`).toLowerCase();
}

function makePullRequest(
  world: World,
  actor: string,
  repository: RepositoryRecord,
  input: NewPullRequest,
): PullRequestRecord {
  const baseRefName = input.base ?? repository.defaultBranch;
  const baseSha = ensureBranch(repository, baseRefName);
  const headRepository = headKey(repository, input);
  const files = (input.files ?? []).map(makeFile);
  const { commits, found } = headCommits(world, actor, repository, { input, baseSha, files });
  const headSha = commits.at(-1) ?? baseSha;
  (findRepository(world, headRepository) ?? repository).branches.set(input.branch, headSha);
  return {
    kind: 'pull_request',
    ...newIds(world, 'PullRequest'),
    number: input.number ?? repository.nextNumber,
    title: input.title,
    body: input.body ?? '',
    author: actor,
    state: 'open',
    isDraft: input.draft ?? false,
    locked: false,
    labels: new Set(),
    assignees: new Set(),
    milestone: input.milestone ?? null,
    baseRefName,
    baseSha,
    headRefName: input.branch,
    headRepository,
    headSha,
    commits,
    mergeCommitSha: null,
    mergedBy: null,
    mergeable: 'mergeable',
    requiredApprovals: input.requiredApprovals ?? 0,
    files: netFiles([...found, ...files]),
    reviewRequests: [],
    reviews: [],
    comments: [],
    reactions: [],
    timeline: [],
    closingIssues: [],
    createdAt: world.now(),
    updatedAt: world.now(),
    closedAt: null,
    mergedAt: null,
  };
}

function headCommits(
  world: World,
  actor: string,
  repository: RepositoryRecord,
  { input, baseSha, files }: { input: NewPullRequest; baseSha: string; files: readonly FileRecord[] },
): { commits: string[]; found: readonly FileRecord[] } {
  const existing = input.headRepository === undefined ? ownCommits(repository, input.branch, baseSha) : [];
  const isNew = existing.length === 0 || files.length > 0;
  const messages = input.commits ?? (isNew ? [input.title] : []);
  const shas = [...existing];
  for (const [index, message] of messages.entries()) {
    const own = index === messages.length - 1 ? files : [];
    shas.push(addCommit(world, repository, { message, author: actor, files: own }, [shas.at(-1) ?? baseSha]).sha);
  }
  return { commits: shas, found: existing.flatMap((sha) => repository.commits.get(sha)?.files ?? []) };
}

/** Each file once, as the last commit left it. */
function netFiles(files: readonly FileRecord[]): FileRecord[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

/** What a branch has on top of its base, oldest first. */
function ownCommits(repository: RepositoryRecord, branch: string, baseSha: string): string[] {
  const head = repository.branches.get(branch);
  // Most branches are made with their pull request: no history is walked for what is not there.
  if (head === undefined || head === baseSha) return [];
  const based = new Set(ancestors(repository, baseSha));
  return ancestors(repository, head)
    .filter((sha) => !based.has(sha))
    .reverse();
}

function ancestors(repository: RepositoryRecord, head: string): string[] {
  const shas: string[] = [];
  for (let sha: string | undefined = head; sha !== undefined; sha = repository.commits.get(sha)?.parents[0]) {
    shas.push(sha);
  }
  return shas;
}
