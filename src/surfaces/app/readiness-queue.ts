import { UserError } from '../../core/failure.ts';
import { formatRef, type Ref, refKey } from '../../core/task/identity.ts';
import { selectorHere, type ToldReadiness, tellReadiness } from '../../operations/tell-readiness.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient } from './with-client.ts';

/** The report of a scope under an issue or pull request. */
export interface ReadinessRequest {
  readonly on: Ref;
  readonly scope: string;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

export interface ReadinessQueue {
  enqueue(request: ReadinessRequest): void;
  /** For someone who asked by command and waits for the answer. */
  ask(request: ReadinessRequest): Promise<ToldReadiness>;
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

/** Writes readiness reports, never two of the same scope in the same place at once; a burst of events makes two. */
export function createReadinessQueue(options: PipelineOptions): ReadinessQueue {
  const { activity, pacing } = options;
  const queue = createSerialQueue<QueuedReadiness>({
    concurrency: REPORTS_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: INTERVALS * pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      askers: [...a.askers, ...b.askers],
      ends: [...a.ends, ...b.ends],
    }),
    run: async (request) => {
      const told = await tell(request, options);
      for (const { resolve } of request.askers) resolve(told);
      for (const end of request.ends) end();
    },
    isWorthRetrying,
    giveUp: (request, cause) => {
      if (request.askers.length === 0) reportGivenUp(request, cause, options);
      for (const { reject } of request.askers) reject(cause);
      for (const end of request.ends) end();
    },
  });
  const put = (request: ReadinessRequest, askers: readonly Asker[]) => {
    const key = `${refKey(request.on)} ${selectorHere(request.scope, request.on).toLowerCase()}`;
    queue.enqueue(key, { ...request, askers, ends: [activity.begin()] });
  };
  return {
    enqueue: (request) => put(request, []),
    ask: (request) => new Promise((resolve, reject) => put(request, [{ resolve, reject }])),
    hurry: queue.hurry,
  };
}

function tell({ on, scope, installationId, askers }: QueuedReadiness, { clients, now, store, clock }: PipelineOptions) {
  const { owner, repo } = on;
  return withClient(clients, installationId, (github) =>
    tellReadiness(
      { github, now, clock, defaultRepository: { owner, repo }, ...store },
      { on, scope, isAsked: askers.length > 0 },
    ),
  );
}

function reportGivenUp(
  { on, scope, deliveryIds }: QueuedReadiness,
  cause: unknown,
  { log, onGivenUp }: PipelineOptions,
): void {
  const isGone = cause instanceof UserError && cause.code === 'not_found';
  log(isGone ? 'info' : 'error', `could not tell the readiness of ${scope} on ${formatRef(on)}`, {
    deliveryIds,
    cause,
  });
  if (!isGone) onGivenUp(deliveryIds);
}
