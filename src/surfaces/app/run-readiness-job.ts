import type { RepositoryRef } from '../../core/task/identity.ts';
import type { GitHubClient } from '../../github/client.ts';
import { checkReadiness } from '../../operations/check-readiness.ts';
import { expireReport } from '../../operations/expire-report.ts';
import type { Machine, OperationContext } from '../../operations/operation.ts';
import { listReleaseBranches, loadReleaseWish } from '../../operations/release-wish.ts';
import { type ToldReadiness, tellReadiness, umbrellaScope } from '../../operations/tell-readiness.ts';
import type { AnsweredReports } from './answered-reports.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { type ReadinessJob, readinessKey } from './readiness-job.ts';
import type { ReadinessMemory } from './readiness-memory.ts';
import { withClient } from './with-client.ts';
import { withMachine } from './with-machine.ts';

interface DueJob {
  readonly job: ReadinessJob;
  readonly installationId: number;
  readonly isAsked: boolean;
}

interface JobDone {
  /** What there is to do next. */
  readonly found: readonly ReadinessJob[];
  readonly told: ToldReadiness | null;
}

/** What is known of reports, here and by all processes on the store. */
export interface ReadinessRecords {
  readonly memory: ReadinessMemory;
  readonly answered: AnsweredReports;
}

/** Does one job, and remembers what it was done for. Throws as the operations do. */
export function runReadinessJob(due: DueJob, options: PipelineOptions, records: ReadinessRecords): Promise<JobDone> {
  const { job, installationId } = due;
  const { owner, repo } = 'on' in job ? job.on : job.repository;
  const contextOf = (github: GitHubClient, machine: Machine | undefined): OperationContext => {
    const { now, clock, store } = options;
    return { github, now, clock, defaultRepository: { owner, repo }, ...(machine ? { machine } : {}), ...store };
  };
  return withMachine({ ...options, installationId, repository: { owner, repo } }, (machine) =>
    withClient(options.clients, installationId, (github) => {
      const running = { due, options, ...records, context: contextOf(github, machine) };
      if (job.kind === 'comment') return runComment(job, running);
      if (job.kind === 'expiry') return runExpiry(job, running);
      return job.kind === 'check' ? runCheck(job, running) : runBranches(job, running);
    }),
  );
}

type JobOf<K extends ReadinessJob['kind']> = Extract<ReadinessJob, { readonly kind: K }>;

interface Running extends ReadinessRecords {
  readonly due: DueJob;
  readonly options: PipelineOptions;
  readonly context: OperationContext;
}

async function runComment(job: JobOf<'comment'>, { due, memory, answered, context }: Running): Promise<JobDone> {
  const told = await tellReadiness(context, { ...job, isAsked: due.isAsked });
  const isKept = readinessKey(job) === readinessKey({ ...job, scope: umbrellaScope(job.on) });
  const isPinned = isKept && (told.mode === 'comment' || told.mode === 'enforce');
  const kept = { job: { kind: job.kind, on: job.on, scope: job.scope }, installationId: due.installationId } as const;
  if (told.outcome === 'turned_off') memory.forget(job);
  else memory.note({ ...kept, isKept: isPinned }, told);
  const report = memory.find(job);
  if (report !== null && !report.isKept) await answered.keep(report);
  else if (due.isAsked) await answered.forget(job);
  return { found: [], told };
}

async function runExpiry(job: JobOf<'expiry'>, { options, memory, answered, context }: Running): Promise<JobDone> {
  const outcome = await expireReport(context, { ...job, pause: pauseOf(options) });
  if (outcome === 'over') {
    memory.end(job);
    await answered.end(job);
  }
  return { found: [], told: null };
}

/** Lets GitHub's replicas catch up. */
const pauseOf =
  ({ pacing }: PipelineOptions) =>
  (): Promise<void> =>
    new Promise((resolve) => setTimeout(resolve, pacing.staleReadMs));

async function runCheck(job: JobOf<'check'>, { due, options, memory, context }: Running): Promise<JobDone> {
  const { repository, branch, before, isPushed } = job;
  const { wish, judged, left } = await checkReadiness(context, {
    ...{ repository, branch, moved: isPushed ? { before } : null },
    pause: pauseOf(options),
  });
  memory.noteWish(repository, wish);
  const kept = { job: { ...job, before: null, isPushed: false }, installationId: due.installationId, isKept: true };
  if (judged === null) memory.forget(job);
  else memory.note(kept, judged);
  return { found: checksOf(repository, left), told: null };
}

const checksOf = (repository: RepositoryRef, branches: readonly string[]): readonly ReadinessJob[] =>
  branches.map((branch) => ({ kind: 'check', repository, branch, before: null, isPushed: false }));

async function runBranches({ repository }: JobOf<'branches'>, { memory, context }: Running): Promise<JobDone> {
  const wish = await loadReleaseWish(context, repository);
  memory.noteWish(repository, wish);
  const branches = await listReleaseBranches(context, repository, wish);
  return { found: checksOf(repository, branches), told: null };
}
