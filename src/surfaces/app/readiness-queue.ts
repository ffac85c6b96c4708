import { UserError } from '../../core/failure.ts';
import type { Ref, RepositoryRef } from '../../core/task/identity.ts';
import { listInstalledRepositories } from '../../github/list-installed-repositories.ts';
import { type ToldReadiness, umbrellaScope } from '../../operations/tell-readiness.ts';
import { createAnsweredReports } from './answered-reports.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { describeReadinessJob, mergeReadinessJobs, type ReadinessJob, readinessKey } from './readiness-job.ts';
import { createReadinessMemory, type KeptReport } from './readiness-memory.ts';
import type { ReadinessEvent } from './readiness-of-event.ts';
import { runReadinessJob } from './run-readiness-job.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient } from './with-client.ts';

interface ReadinessRequest {
  readonly job: ReadinessJob;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

type Sender = Omit<ReadinessRequest, 'job'>;

export interface ReadinessQueue {
  /** Keeps the report of an umbrella pinned on it. */
  pin(umbrella: Ref, sender: Sender): void;
  /** Whether this process keeps one pinned there, also where the last child is gone. */
  isPinned(umbrella: Ref): boolean;
  /** Corrects what stands, also what somebody asked for once: what may be shown has changed. */
  correct(umbrella: Ref | null, sender: Sender): void;
  /** For someone who asked by command and waits for the answer. */
  ask(on: Ref, scope: string, sender: Sender): Promise<ToldReadiness>;
  /** Makes anew what an event may have changed. */
  follow(event: ReadinessEvent, sender: Sender): void;
  /** Looks for the release branches of one repository, whose configuration may have changed, or of all. */
  survey(repository: RepositoryRef | null, sender: Sender): void;
  /** Now and then: looks for what other processes answered. */
  round(): void;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

interface Asker {
  readonly resolve: (told: ToldReadiness) => void;
  readonly reject: (cause: unknown) => void;
}

interface QueuedReadiness extends ReadinessRequest {
  readonly askers: readonly Asker[];
  readonly ends: readonly (() => void)[];
}

/** Of one installation. */
const REPORTS_AT_ONCE = 2;
/** A report reads ten times what a rollup reads, so that reports of one scope start ten times as far apart. */
const INTERVALS = 10;
/** How often somebody looks whether a verdict is over. */
const LOOK_MS = 60_000;

/** Tells readiness, never the same in the same place twice at once; a burst of events makes two reports. */
export function createReadinessQueue(options: PipelineOptions): ReadinessQueue {
  const { activity, pacing, clients, clock, log, now } = options;
  const memory = createReadinessMemory();
  const answered = createAnsweredReports(options);
  const stopped = new AbortController();
  let isWatching = false;
  const queue = createSerialQueue<QueuedReadiness>({
    concurrency: REPORTS_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: INTERVALS * pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      job: mergeReadinessJobs(a.job, b.job),
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      askers: [...a.askers, ...b.askers],
      ends: [...a.ends, ...b.ends],
    }),
    run: async (request) => {
      const isAsked = request.askers.length > 0;
      const { found, told } = await runReadinessJob({ ...request, isAsked }, options, { memory, answered });
      for (const job of found) put({ ...request, job }, []);
      void watch();
      if (told !== null) for (const { resolve } of request.askers) resolve(told);
      for (const end of request.ends) end();
    },
    isWorthRetrying,
    giveUp: (request, cause) => {
      if (cause instanceof UserError && cause.code === 'not_found') {
        memory.forget(request.job);
        activity.track(answered.forget(request.job));
      }
      // Its text says until when it holds; nobody can say more, and nobody tries again.
      if (request.job.kind === 'expiry') activity.track(answered.end(request.job));
      if (request.askers.length === 0) reportGivenUp(request, cause, options);
      for (const { reject } of request.askers) reject(cause);
      for (const end of request.ends) end();
    },
  });
  const put = (request: ReadinessRequest, askers: readonly Asker[]) => {
    const { job, installationId, deliveryIds } = request;
    const key = readinessKey(job);
    queue.enqueue(key, { job, installationId, deliveryIds, askers, ends: [activity.begin()] });
  };
  const surveyAll = async (sender: Sender): Promise<void> => {
    try {
      const all = await withClient(clients, sender.installationId, listInstalledRepositories);
      for (const repository of all) put({ ...sender, job: { kind: 'branches', repository } }, []);
    } catch (cause) {
      log('error', 'could not look for release branches', { deliveryIds: sender.deliveryIds, cause });
    }
  };
  /** One that another process wrote may have ended before this one heard of it. */
  const recall = async (): Promise<void> => {
    for (const report of await answered.load()) {
      const job = memory.recall(report) && report.isOver !== true ? expiryOf(report) : null;
      if (job !== null) put({ job, installationId: report.installationId, deliveryIds: [] }, []);
    }
    void watch();
  };
  const correctAll = async (sender: Sender): Promise<void> => {
    await recall();
    for (const { job } of memory.of(sender.installationId))
      if (job.kind === 'comment') put({ ...sender, job: { ...job, corrects: true } }, []);
  };
  /** As long as there are reports whose time can be up. */
  const watch = async (): Promise<void> => {
    if (isWatching) return;
    isWatching = true;
    while (!stopped.signal.aborted && memory.waitsForAny()) {
      for (const report of memory.over(now())) {
        if (!report.isKept) memory.end(report.job);
        const job = report.isKept ? report.job : expiryOf(report);
        if (job !== null) put({ job, installationId: report.installationId, deliveryIds: [] }, []);
      }
      await clock.sleep(LOOK_MS, stopped.signal).catch(() => {});
    }
    isWatching = false;
  };
  return {
    pin: (on, sender) => put({ ...sender, job: pinOn(on) }, []),
    isPinned: (umbrella) => memory.find(pinOn(umbrella))?.isKept === true,
    correct: (umbrella, sender) => {
      if (umbrella === null) activity.track(correctAll(sender));
      else put({ ...sender, job: { ...pinOn(umbrella), corrects: true } }, []);
    },
    round: () => activity.track(recall()),
    ask: (on, scope, sender) =>
      new Promise((resolve, reject) => put({ ...sender, job: { kind: 'comment', on, scope } }, [{ resolve, reject }])),
    follow: (event, sender) => {
      const pushed = jobOfPush(event);
      if (pushed !== null && event.push?.after === null) memory.forget(pushed);
      else if (pushed !== null && memory.mayWant(pushed.repository, pushed.branch)) put({ ...sender, job: pushed }, []);
      for (const { job, installationId } of memory.concerned(event))
        if (pushed === null || readinessKey(job) !== readinessKey(pushed)) put({ ...sender, job, installationId }, []);
      for (const report of memory.left(event)) {
        const job = expiryOf(report, event);
        if (job !== null) put({ ...sender, job, installationId: report.installationId }, []);
      }
    },
    survey: (repository, sender) => {
      if (repository === null) activity.track(surveyAll(sender));
      else {
        memory.forgetWish(repository);
        put({ ...sender, job: { kind: 'branches', repository } }, []);
      }
    },
    hurry: () => {
      stopped.abort();
      queue.hurry();
    },
  };
}

const pinOn = (on: Ref) => ({ kind: 'comment', on, scope: umbrellaScope(on) }) as const;

function jobOfPush({ repository, push }: ReadinessEvent): Extract<ReadinessJob, { readonly kind: 'check' }> | null {
  if (push === null) return null;
  return { kind: 'check', repository, branch: push.branch, before: push.before, isPushed: true };
}

function expiryOf({ job, base }: KeptReport, event?: ReadinessEvent): ReadinessJob | null {
  if (job.kind !== 'comment') return null;
  const { on, scope } = job;
  return { kind: 'expiry', on, scope, branch: base.branch, ...(event?.push && { movedTo: event.push.after }) };
}

function reportGivenUp(
  { job, deliveryIds }: QueuedReadiness,
  cause: unknown,
  { log, onGivenUp }: PipelineOptions,
): void {
  const isGone = cause instanceof UserError && cause.code === 'not_found';
  log(isGone ? 'info' : 'error', `could not tell ${describeReadinessJob(job)}`, { deliveryIds, cause });
  if (!isGone) onGivenUp(deliveryIds);
}
