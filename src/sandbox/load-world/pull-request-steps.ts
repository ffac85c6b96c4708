import { createComment } from '../actions/comment.ts';
import { closePullRequest, markReady } from '../actions/edit-pull-request.ts';
import { mergePullRequest } from '../actions/merge-pull-request.ts';
import { type NewPullRequest, openPullRequest } from '../actions/open-pull-request.ts';
import { requirePullRequest } from '../actions/place.ts';
import { pushCommits } from '../actions/push-commits.ts';
import { reportStatus } from '../actions/report-checks.ts';
import { removeReviewRequest, requestReview } from '../actions/request-review.ts';
import { dismissReview, submitReview } from '../actions/submit-review.ts';
import type { RepositoryRecord } from '../world.ts';
import { findMilestone } from './milestone-number.ts';
import { restoreFiles } from './restore-files.ts';
import { attemptsOf, planRun } from './run-steps.ts';
import { type Entry, plan, requireLogin } from './story.ts';
import type { PullRequestEntry, RepositoryEntry } from './world-file-schema.ts';

/** Plans a pull request's life: opening, checks, reviews, comments, and how it ends. */
export function planPullRequest(
  entry: Entry,
  pull: PullRequestEntry,
  context: { readonly repository: RepositoryRecord; readonly siblings: RepositoryEntry['pull_requests'] },
): void {
  const { story, key, path } = entry;
  const author = requireLogin(story, [...path, 'by'], pull.by);
  const milestone = findMilestone(entry, context.repository, pull.milestone);
  const text = textOf(entry, pull, context.siblings);
  plan(entry, 'branch', {
    rank: 'open',
    run: () => {
      const { number, repository } = key;
      const opening = {
        ...openingOf(pull),
        requiredApprovals:
          pull.requires ?? context.repository.rules.get(pull.base ?? context.repository.defaultBranch)?.approvals ?? 0,
        ...text,
        ...revertOf(entry, pull, { repository: context.repository, title: text.title }),
        repository,
        number,
        milestone,
      };
      const record = openPullRequest(story.world, author, opening);
      if (pull.conflicting) record.mergeable = 'conflicting';
    },
  });
  planReports(entry, pull, author);
  planPushes(entry, pull, author);
  planRequests(entry, pull, author);
  planReviews(entry, pull);
  for (const comment of pull.comments) {
    const by = requireLogin(story, [...path, 'comments'], comment.by);
    const run = () => void createComment(story.world, by, { item: key, body: comment.body });
    plan(entry, 'comments', { time: comment.at, rank: 'work', run });
  }
  planEnd(entry, pull, author);
}

function openingOf(pull: PullRequestEntry) {
  return {
    branch: pull.branch,
    draft: pull.draft || pull.ready !== undefined,
    labels: pull.labels,
    assignees: pull.assignees,
    reviewers: peopleIn(pull.reviewers),
    teamReviewers: teamsIn(pull.reviewers),
    files: pull.files.map(fileOf),
    ...(pull.base === undefined ? {} : { base: pull.base }),
    ...(pull.fork === undefined ? {} : { headRepository: pull.fork }),
    ...(pull.commits === undefined ? {} : { commits: pull.commits }),
  };
}

const TEAM = 'team:';
const peopleIn = (names: readonly string[]) => names.filter((name) => !name.startsWith(TEAM));
const teamsIn = (names: readonly string[]) =>
  names.filter((name) => name.startsWith(TEAM)).map((name) => name.slice(TEAM.length));

function fileOf(file: PullRequestEntry['files'][number]) {
  if (typeof file === 'string') return { path: file };
  const { path, previous_path, status, additions, deletions, patch, text } = file;
  return {
    path,
    previousPath: previous_path ?? null,
    text: text ?? null,
    patch: patch ?? null,
    ...(status === undefined ? {} : { status }),
    ...(additions === undefined ? {} : { additions }),
    ...(deletions === undefined ? {} : { deletions }),
  };
}

/** Title and body; for a revert the ones that GitHub's button writes. */
function textOf(entry: Entry, pull: PullRequestEntry, siblings: RepositoryEntry['pull_requests']) {
  const closes = pull.closes.map((item) => `Closes ${typeof item === 'number' ? `#${item}` : item}`);
  const title = titleOf(pull, siblings);
  if (title === undefined) {
    const hint = 'Give a title, or the number of an earlier pull request that it reverts.';
    throw entry.story.parsed.problem([...entry.path, 'title'], 'is missing', hint);
  }
  const reverts = pull.reverts === undefined ? [] : [`Reverts ${entry.key.repository}#${pull.reverts}`];
  return { title, body: [pull.body.trim(), ...reverts, ...closes].filter((part) => part !== '').join('\n\n') };
}

function titleOf(pull: PullRequestEntry, siblings: RepositoryEntry['pull_requests']): string | undefined {
  if (pull.title !== undefined || pull.reverts === undefined) return pull.title;
  // Only what stands before it can be reverted, so that the search ends.
  const earlier = siblings.slice(0, siblings.indexOf(pull));
  const reverted = earlier.find(({ number }) => number === pull.reverts);
  const title = reverted === undefined ? undefined : titleOf(reverted, earlier);
  return title === undefined ? undefined : `Revert "${title}"`;
}

/** The commit that `git revert` makes, naming what it takes back, and the files as they were before. */
function revertOf(
  entry: Entry,
  pull: PullRequestEntry,
  { repository, title }: { readonly repository: RepositoryRecord; readonly title: string },
): Partial<NewPullRequest> {
  if (pull.reverts === undefined) return {};
  const reverted = requirePullRequest(entry.story.world, { ...entry.key, number: pull.reverts }).item;
  const files = restoreFiles(repository, reverted, openingOf(pull).files);
  if (pull.commits !== undefined) return { files };
  return { files, commits: [`${title}\n\nThis reverts commit ${reverted.mergeCommitSha ?? reverted.headSha}.`] };
}

function planReports(entry: Entry, pull: PullRequestEntry, author: string): void {
  const { world } = entry.story;
  const { repository } = entry.key;
  const sha = () => requirePullRequest(world, entry.key).item.headSha;
  planChecks(entry, pull, author);
  for (const [context, state] of Object.entries(pull.statuses)) {
    plan(entry, 'statuses', {
      rank: 'work',
      run: () => void reportStatus(world, author, { repository, sha: sha(), context, state }),
    });
  }
}

/** The checks are jobs of one workflow run on the head that the pull request opens with. */
function planChecks(entry: Entry, pull: PullRequestEntry, author: string): void {
  if (Object.keys(pull.checks).length === 0) return;
  const { story, key, openedAt, path } = entry;
  const head = () => {
    const { headSha, headRefName } = requirePullRequest(story.world, key).item;
    return { headSha, headBranch: headRefName };
  };
  planRun(story, [...path, 'checks'], {
    ...{ repository: key.repository, actor: author, workflow: 'CI', event: 'pull_request', head, rank: 'work' },
    ...{ at: openedAt, minutes: 0, attempts: attemptsOf(pull.checks) },
  });
}

/** Later commits; whoever approved before them approved another head. */
function planPushes(entry: Entry, { branch, fork, pushes }: PullRequestEntry, author: string): void {
  const { story, key } = entry;
  for (const { at, commits, files } of pushes) {
    const push = { repository: fork ?? key.repository, branch, commits, files: files.map(fileOf) };
    plan(entry, 'pushes', { time: at, rank: 'work', run: () => void pushCommits(story.world, author, push) });
  }
}

/** Who was asked later, and from whom a request was taken away. */
function planRequests(entry: Entry, { requests }: PullRequestEntry, author: string): void {
  const { story, key, path } = entry;
  for (const { at, by, ask, remove } of requests) {
    const actor = requireLogin(story, [...path, 'requests'], by ?? author);
    const change = (names: readonly string[]) => ({ item: key, reviewers: peopleIn(names), teams: teamsIn(names) });
    const run = () => {
      requestReview(story.world, actor, change(ask));
      removeReviewRequest(story.world, actor, change(remove));
    };
    plan(entry, 'requests', { time: at, rank: 'work', run });
  }
}

function planReviews(entry: Entry, pull: PullRequestEntry): void {
  const { story, key, path } = entry;
  for (const review of pull.reviews) {
    const by = requireLogin(story, [...path, 'reviews'], review.by);
    const state = review.state === 'dismissed' ? 'approved' : review.state;
    const body = review.body ?? (state === 'approved' ? '' : 'See the comments.');
    const run = () => {
      const { id } = submitReview(story.world, by, { item: key, state, body });
      if (review.state === 'dismissed') dismissReview(story.world, by, { item: key, review: id });
    };
    plan(entry, 'reviews', { time: review.at, rank: 'review', run });
  }
}

type Ending = Partial<Exclude<PullRequestEntry['merged'], string | undefined>> & { readonly at: string };

function planEnd(entry: Entry, pull: PullRequestEntry, author: string): void {
  const { story, key, path } = entry;
  if (pull.ready !== undefined) {
    plan(entry, 'ready', {
      time: pull.ready,
      rank: 'work',
      run: () => void markReady(story.world, author, { item: key }),
    });
  }
  const ends = [
    ['merged', pull.merged, mergePullRequest],
    ['closed', pull.closed, closePullRequest],
  ] as const;
  for (const [field, end, act] of ends) {
    if (end === undefined) continue;
    const { at, by, method }: Ending = typeof end === 'string' ? { at: end } : end;
    const actor = requireLogin(story, [...path, field], by ?? author);
    const how = { item: key, ...(method === undefined ? {} : { method }) };
    plan(entry, field, { time: at, rank: 'close', run: () => void act(story.world, actor, how) });
  }
}
