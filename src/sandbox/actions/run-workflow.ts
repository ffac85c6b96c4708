import { worstConclusion } from '../check-suites.ts';
import { nodeIdOf, register } from '../node-id.ts';
import type { CheckRunRecord, RunAttemptRecord, WorkflowRunRecord, World } from '../world.ts';
import { requireRepository } from './place.ts';
import { reportCheckRun } from './report-checks.ts';
import { WorldRefusal } from './world-refusal.ts';

export interface NewWorkflowRun {
  readonly repository: string;
  readonly workflow: string;
  readonly event: string;
  readonly headSha: string;
  readonly headBranch: string;
}

/** Ids of their own, so that stories with runs and without them name everything else alike. */
const RUN_IDS = 1_500_000_000;

/** Starts a workflow on a commit, as yet without an attempt. */
export function startWorkflowRun(world: World, actor: string, input: NewWorkflowRun): WorkflowRunRecord {
  const repository = requireRepository(world, input.repository);
  const { workflow, event, headSha, headBranch } = input;
  if (!repository.commits.has(headSha)) throw new WorldRefusal(422, `No commit found for SHA: ${headSha}`);
  const id = RUN_IDS + [...world.repositories.values()].reduce((sum, { workflowRuns }) => sum + workflowRuns.length, 1);
  const record: WorkflowRunRecord = {
    id,
    nodeId: nodeIdOf('WorkflowRun', id),
    runNumber: repository.workflowRuns.filter((one) => one.workflow === workflow).length + 1,
    ...{ workflow, event, headSha, headBranch, actor, createdAt: world.now(), attempts: [] },
  };
  repository.workflowRuns.push(record);
  register(world, { type: 'WorkflowRun', repository, record });
  return record;
}

export interface Attempt {
  readonly repository: string;
  readonly run: WorkflowRunRecord;
  /** Name of each job, and whether it runs yet. */
  readonly jobs: Readonly<Record<string, 'queued' | 'in_progress'>>;
}

/** Begins the next attempt at a run: its jobs show as check runs. */
export function beginAttempt(world: World, actor: string, { repository, run, jobs }: Attempt): RunAttemptRecord {
  const report = ([name, status]: [string, 'queued' | 'in_progress']) =>
    reportCheckRun(world, actor, { repository, sha: run.headSha, name, workflowRun: run.id, status });
  const attempt: RunAttemptRecord = {
    startedAt: world.now(),
    status: Object.values(jobs).every((status) => status === 'queued') ? 'queued' : 'in_progress',
    conclusion: null,
    completedAt: null,
    jobs: Object.entries(jobs).map(report),
  };
  run.attempts.push(attempt);
  return attempt;
}

type Conclusion = NonNullable<CheckRunRecord['conclusion']>;

export interface Ending {
  readonly repository: string;
  readonly run: WorkflowRunRecord;
  /** Jobs that have ended; the others go on. */
  readonly jobs: Readonly<Record<string, Conclusion>>;
  /** Of the whole run, where it is not the worst of its jobs. */
  readonly conclusion?: Conclusion | undefined;
}

/** Ends jobs of the latest attempt, and with the last of them the attempt. */
export function endJobs(world: World, actor: string, { repository, run, jobs, conclusion }: Ending): void {
  const attempt = run.attempts.at(-1);
  if (attempt === undefined) throw new Error(`run ${run.id} was never tried`);
  for (const job of attempt.jobs) {
    const ended = jobs[job.name];
    if (ended === undefined) continue;
    reportCheckRun(world, actor, { repository, sha: run.headSha, name: job.name, run: job, conclusion: ended });
  }
  if (attempt.jobs.some(({ status }) => status !== 'completed')) return;
  attempt.status = 'completed';
  attempt.completedAt = world.now();
  attempt.conclusion = conclusion ?? worstConclusion(attempt.jobs);
}
