import { assign } from '../../../sandbox/actions/assign.ts';
import { closeIssue } from '../../../sandbox/actions/close-issue.ts';
import { createComment } from '../../../sandbox/actions/comment.ts';
import { editIssue } from '../../../sandbox/actions/edit-issue.ts';
import { addSubIssue } from '../../../sandbox/actions/link-sub-issue.ts';
import { mergePullRequest } from '../../../sandbox/actions/merge-pull-request.ts';
import { openIssue } from '../../../sandbox/actions/open-issue.ts';
import { openPullRequest } from '../../../sandbox/actions/open-pull-request.ts';
import { pushCommits } from '../../../sandbox/actions/push-commits.ts';
import { reportCheckRun } from '../../../sandbox/actions/report-checks.ts';
import { submitReview } from '../../../sandbox/actions/submit-review.ts';
import type { IssueRecord, ItemKey, PullRequestRecord, World } from '../../../sandbox/world.ts';
import type { Cast } from './cast.ts';

/** Between two steps, on the world's clock: enough for ages to show, little enough to stay one working day. */
export const SECONDS_BETWEEN_STEPS = 40 * 60;

export interface StoryStep {
  readonly name: string;
  /** One line: what happens on GitHub, as it stands when the step comes up. */
  readonly said: () => string;
  readonly act: () => void;
}

/**
 * The demo's story as steps to be played in order: a task is taken up, goes through a pull request with failing checks to
 * its merge, a blocker closes, a merged change is reverted, a task is added. Steps that find nothing in this world to
 * happen to are left out, so any world can be played.
 */
export function tellStory(world: World, cast: Cast): readonly StoryStep[] {
  return [
    ...askForRollup(world, cast),
    ...(cast.open === null ? [] : deliver(world, cast, cast.open)),
    ...(cast.blocker === null ? [] : [unblock(world, cast, cast.blocker)]),
    ...(cast.merged === null ? [] : [revert(world, cast, cast.merged)]),
    addTask(world, cast),
  ];
}

const CONFIG_PATH = '.github/parasol.yml';

/** Parasol stays quiet where it is not configured, until someone asks. */
function askForRollup(world: World, { umbrella, maintainer, repository }: Cast): readonly StoryStep[] {
  if (repository.files.has(CONFIG_PATH)) return [];
  const body = '/parasol rollup';
  const act = () => createComment(world, maintainer, { item: umbrella, body });
  return [{ name: 'ask', said: () => `${maintainer} comments "${body}" on ${short(umbrella)}`, act }];
}

/** From an open task to a merged one with its evidence. */
function deliver(world: World, cast: Cast, task: IssueRecord): readonly StoryStep[] {
  const { author, reviewer, repositoryKey: repository } = cast;
  const item = { repository, number: task.number };
  const branch = `${author}/task-${task.number}`;
  // Others may open things between two steps, so the number is known only once the pull request is there.
  const opened = (): PullRequestRecord | null =>
    [...cast.repository.pullRequests.values()].find(({ headRefName }) => headRefName === branch) ?? null;
  const number = (): number => opened()?.number ?? cast.repository.nextNumber;
  const pull = (): ItemKey => ({ repository, number: number() });
  const check = (conclusion: 'failure' | 'success') => {
    const sha = opened()?.headSha ?? '';
    reportCheckRun(world, 'github-actions[bot]', { repository, sha, name: 'test', conclusion });
  };
  const open = () =>
    openPullRequest(world, author, {
      repository,
      title: task.title,
      body: `Closes #${task.number}`,
      branch,
      reviewers: [reviewer],
      requiredApprovals: 1,
      files: [{ path: `src/task-${task.number}.ts`, status: 'added', additions: 40 }],
    });
  const fix = () => {
    pushCommits(world, author, { repository, branch, commits: ['Cover the empty case'] });
    check('success');
  };
  const evidence = `${task.body}\n\nEvidence: https://ci.harbor.example/runs/${task.number}\n`;
  const approve = () => submitReview(world, reviewer, { item: pull(), state: 'approved', body: 'Reads well.' });
  return [
    {
      name: 'start',
      said: () => `${author} takes #${task.number} "${task.title}"`,
      act: () => assign(world, author, { item, assignees: [author] }),
    },
    {
      name: 'open',
      said: () => `${author} opens #${number()}, which closes #${task.number}, and asks ${reviewer}`,
      act: open,
    },
    { name: 'fail', said: () => `the check "test" fails on #${number()}`, act: () => check('failure') },
    { name: 'fix', said: () => `${author} pushes a fix to #${number()}, and "test" passes`, act: fix },
    { name: 'approve', said: () => `${reviewer} approves #${number()}`, act: approve },
    {
      name: 'evidence',
      said: () => `${author} adds the evidence to #${task.number}`,
      act: () => editIssue(world, author, { item, body: evidence }),
    },
    {
      name: 'merge',
      said: () => `${author} merges #${number()}, which closes #${task.number}`,
      act: () => mergePullRequest(world, author, { item: pull() }),
    },
  ];
}

function unblock(world: World, { maintainer, repositoryKey }: Cast, blocker: NonNullable<Cast['blocker']>): StoryStep {
  const { key, title, blocks } = blocker;
  const where = key.repository === repositoryKey ? short(key) : `${key.repository}#${key.number}`;
  return {
    name: 'unblock',
    said: () =>
      `${maintainer} closes ${where} "${title}", which was in the way of ${blocks.map((n) => `#${n}`).join(', ')}`,
    act: () => closeIssue(world, maintainer, { item: key }),
  };
}

function revert(world: World, { maintainer, repositoryKey: repository }: Cast, merged: PullRequestRecord): StoryStep {
  const act = (): void => {
    const title = `Revert "${merged.title}"`;
    const reverting = openPullRequest(world, maintainer, {
      repository,
      title,
      body: `Reverts #${merged.number}`,
      branch: `revert-${merged.number}-${merged.headRefName}`,
      commits: [`${title}\n\nThis reverts commit ${merged.mergeCommitSha}.`],
    });
    mergePullRequest(world, maintainer, { item: { repository, number: reverting.number } });
  };
  return { name: 'revert', said: () => `${maintainer} reverts #${merged.number} "${merged.title}"`, act };
}

function addTask(world: World, { maintainer, umbrella, repositoryKey: repository, labels }: Cast): StoryStep {
  const title = 'Write down what we learned';
  const act = (): void => {
    const child = openIssue(world, maintainer, { repository, title, labels });
    addSubIssue(world, maintainer, { parent: umbrella, child: { repository, number: child.number } });
  };
  return { name: 'add', said: () => `${maintainer} adds the task "${title}" to ${short(umbrella)}`, act };
}

const short = ({ number }: ItemKey): string => `#${number}`;
