import { UserError } from '../../core/failure.ts';
import { formatRef, type Ref, refKey } from '../../core/task/identity.ts';
import { type RefreshResult, refreshRollup } from '../../operations/refresh-rollup.ts';
import type { Expectation } from '../../operations/subject.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import type { RefreshMemory } from './refresh-memory.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient } from './with-client.ts';

/** What one umbrella's next refresh is for. */
export interface RefreshRequest {
  readonly umbrella: Ref;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
  readonly expectations: readonly Expectation[];
  /** A comment that is there is corrected whatever the configuration says. */
  readonly corrects?: boolean;
}

export interface RefreshQueue {
  enqueue(request: RefreshRequest): void;
  /** The same for someone who asked by command and waits for the answer. */
  ask(request: RefreshRequest): Promise<RefreshResult>;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

interface QueuedRefresh extends RefreshRequest {
  readonly askers: readonly Asker[];
  readonly ends: readonly (() => void)[];
}

interface Asker {
  readonly resolve: (result: RefreshResult) => void;
  readonly reject: (cause: unknown) => void;
}

/** Of one installation. */
const REFRESHES_AT_ONCE = 4;

/**
 * Refreshes umbrellas, never two refreshes of the same one at once, and tries again what failed for the moment. What
 * GitHub answers stale is refreshed again later, as long as there are pauses left.
 */
export function createRefreshQueue(options: PipelineOptions, memory: RefreshMemory): RefreshQueue {
  const { activity, clients, log, pacing } = options;
  const readings = new WeakMap<Expectation, number>();
  const queue = createSerialQueue<QueuedRefresh>({
    concurrency: REFRESHES_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      expectations: [...a.expectations, ...b.expectations],
      corrects: (a.corrects ?? false) || (b.corrects ?? false),
      askers: [...a.askers, ...b.askers],
      ends: [...a.ends, ...b.ends],
    }),
    run: async (request) => {
      const result = await refresh(request, options, memory);
      memory.note(result);
      if (result.contradicted.length > 0) readAgainLater(request, result.contradicted);
      options.onRefresh({
        ...{ umbrella: result.umbrella, installationId: request.installationId, result },
        corrects: request.corrects ?? false,
      });
      for (const { resolve } of request.askers) resolve(result);
      for (const end of request.ends) end();
    },
    isWorthRetrying,
    giveUp: (request, cause) => {
      reportGivenUp(request, cause, options);
      for (const { reject } of request.askers) reject(cause);
      for (const end of request.ends) end();
    },
  });
  const put = (request: RefreshRequest, askers: readonly Asker[]) => {
    const installationId = clients.installationOf(request.umbrella.owner);
    if (installationId === null) {
      log('info', `not installed where ${formatRef(request.umbrella)} lives`, { deliveryIds: request.deliveryIds });
      for (const { reject } of askers) reject(notInstalled());
      return;
    }
    const ends = [activity.begin()];
    queue.enqueue(refKey(request.umbrella), { ...request, installationId, askers, ends });
  };
  const readAgainLater = (
    { umbrella, installationId, deliveryIds }: RefreshRequest,
    doubts: readonly Expectation[],
  ) => {
    const isOpen = (doubt: Expectation) => (readings.get(doubt) ?? 0) < pacing.staleRetryDelaysMs.length;
    const open = doubts.filter(isOpen);
    const round = Math.max(...open.map((doubt) => readings.get(doubt) ?? 0));
    const delayMs = pacing.staleRetryDelaysMs[round];
    if (open.length < doubts.length)
      log('warn', `GitHub still contradicts an event about ${formatRef(umbrella)}`, { deliveryIds });
    if (delayMs === undefined) return;
    for (const doubt of open) readings.set(doubt, round + 1);
    const end = activity.begin();
    setTimeout(() => {
      put({ umbrella, installationId, deliveryIds, expectations: open }, []);
      end();
    }, delayMs).unref();
  };
  return {
    hurry: queue.hurry,
    enqueue: (request) => put(request, []),
    ask: (request) => new Promise((resolve, reject) => put(request, [{ resolve, reject }])),
  };
}

function notInstalled(): UserError {
  return new UserError(
    'forbidden',
    'Parasol is not installed where the umbrella lives.',
    "Ask an owner of the umbrella's organization to install it there.",
  );
}

async function refresh(
  request: QueuedRefresh,
  { clients, now, pacing, store }: PipelineOptions,
  memory: RefreshMemory,
): Promise<RefreshResult> {
  const { installationId, umbrella, corrects = false } = request;
  const written = memory.commentOn(umbrella);
  return withClient(clients, installationId, (github) =>
    refreshRollup({ github, now, defaultRepository: umbrella, ...store }, umbrella, {
      asked: request.askers.length > 0,
      corrects,
      ticks: true,
      ...(written === null ? {} : { written }),
      expectations: request.expectations,
      conflicts: memory.conflicts,
      pause: () => new Promise((resolve) => setTimeout(resolve, pacing.staleReadMs)),
    }),
  );
}

function reportGivenUp({ umbrella, deliveryIds }: QueuedRefresh, cause: unknown, options: PipelineOptions): void {
  const isGone = cause instanceof UserError && cause.code === 'not_found';
  const message = isGone
    ? `${formatRef(umbrella)} is gone or out of sight`
    : `could not refresh the rollup of ${formatRef(umbrella)}`;
  options.log(isGone ? 'info' : 'error', message, { deliveryIds, cause });
  if (!isGone) options.onGivenUp(deliveryIds);
}
