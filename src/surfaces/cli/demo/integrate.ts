import { mergePullRequest } from '../../../sandbox/actions/merge-pull-request.ts';
import { type NewPullRequest, openPullRequest } from '../../../sandbox/actions/open-pull-request.ts';
import { beginAttempt, endJobs, startWorkflowRun } from '../../../sandbox/actions/run-workflow.ts';
import { submitReview } from '../../../sandbox/actions/submit-review.ts';
import type { PullRequestRecord, WorkflowRunRecord, World } from '../../../sandbox/world.ts';
import type { ReadinessCast } from './cast-readiness.ts';

/** Work from its opening to the tested base, as the rules of a repository ask: somebody else approves it. */
export function openAndMerge(
  world: World,
  cast: ReadinessCast,
  { author, ...opening }: Omit<NewPullRequest, 'repository'> & { readonly author: string },
): void {
  const pull = openPullRequest(world, author, { repository: cast.repositoryKey, ...opening });
  const reviewer = cast.people.find((one) => one !== author);
  if (reviewer !== undefined) approveAndMerge(world, cast, { pull, reviewer });
}

/** Approved at its present head and merged by its author; what ran on the default branch before passes on the merge. */
export function approveAndMerge(
  world: World,
  { repository, repositoryKey }: ReadinessCast,
  { pull, reviewer }: { readonly pull: PullRequestRecord; readonly reviewer: string },
): void {
  const item = { repository: repositoryKey, number: pull.number };
  submitReview(world, reviewer, { item, state: 'approved' });
  const { mergeCommitSha: headSha } = mergePullRequest(world, pull.author, { item });
  const { defaultBranch: headBranch, workflowRuns } = repository;
  const last = workflowRuns.findLast((one) => one.headBranch === headBranch);
  if (last === undefined || headSha === null || pull.baseRefName !== headBranch) return;
  const { workflow, event } = last;
  const run = startWorkflowRun(world, pull.author, { repository: repositoryKey, workflow, event, headSha, headBranch });
  passRun(world, pull.author, { repository: repositoryKey, run, jobs: jobsOf(last) });
}

/** The names of the jobs of its last attempt. */
export const jobsOf = ({ attempts }: WorkflowRunRecord): readonly string[] =>
  attempts.at(-1)?.jobs.map(({ name }) => name) ?? [];

interface Passing {
  readonly repository: string;
  readonly run: WorkflowRunRecord;
  readonly jobs: readonly string[];
}

/** One more attempt at a run, in which every job passes. */
export function passRun(world: World, actor: string, { repository, run, jobs }: Passing): void {
  const all = <Outcome>(outcome: Outcome) => Object.fromEntries(jobs.map((name) => [name, outcome]));
  beginAttempt(world, actor, { repository, run, jobs: all('in_progress' as const) });
  endJobs(world, actor, { repository, run, jobs: all('success' as const) });
}
