import { LRUCache } from 'lru-cache';
import { formatRef, type Ref, refKey } from '../../core/task/identity.ts';
import type { WrittenComment } from '../../operations/apply-changes.ts';
import { type HeadExpectation, reviewConfig } from '../../operations/review-config.ts';
import type { PipelineOptions } from './pipeline-options.ts';
import { createSerialQueue } from './serial-queue.ts';
import { isWorthRetrying, withClient } from './with-client.ts';

/** A pull request that may have come to bring another configuration. */
export interface ConfigReviewRequest {
  readonly pullRequest: Ref;
  readonly expected: HeadExpectation | null;
  readonly installationId: number;
  readonly deliveryIds: readonly string[];
}

interface ConfigReviewQueue {
  enqueue(request: ConfigReviewRequest): void;
  /** Paces no longer: the process is about to end. */
  hurry(): void;
}

/** Longer than any answer of GitHub has been seen to be stale. */
const REMEMBERED_COMMENT_MS = 60_000;
const REMEMBERED_COMMENTS = 1000;
/** Of one installation. */
const REVIEWS_AT_ONCE = 2;

/** Reviews the configuration of pull requests, never one of them twice at once; a burst of pushes makes two reviews. */
export function createConfigReviewQueue(options: PipelineOptions): ConfigReviewQueue {
  const { activity, clients, log, pacing, onGivenUp } = options;
  const comments = new LRUCache<string, WrittenComment>({ max: REMEMBERED_COMMENTS, ttl: REMEMBERED_COMMENT_MS });
  const queue = createSerialQueue<ConfigReviewRequest & { readonly ends: readonly (() => void)[] }>({
    concurrency: REVIEWS_AT_ONCE,
    groupOf: ({ installationId }) => String(installationId),
    intervalMs: pacing.maxWaitMs,
    retryDelaysMs: pacing.retryDelaysMs,
    merge: (a, b) => ({
      ...b,
      deliveryIds: [...new Set([...a.deliveryIds, ...b.deliveryIds])],
      ends: [...a.ends, ...b.ends],
    }),
    run: async ({ installationId, pullRequest, expected, ends }) => {
      const pause = () => new Promise<void>((resolve) => setTimeout(resolve, pacing.staleReadMs));
      const key = refKey(pullRequest);
      const written = comments.get(key);
      // What it was about may be gone, then the next attempt must not look for it.
      comments.delete(key);
      const memory = written === undefined ? {} : { written };
      const outcomes = await withClient(clients, installationId, (github) =>
        reviewConfig({ github }, pullRequest, { expected, pause, ...memory }),
      );
      const standing = outcomes.find(({ comment }) => comment !== undefined)?.comment ?? written;
      if (standing !== undefined) comments.set(key, standing);
      for (const end of ends) end();
    },
    isWorthRetrying,
    giveUp: ({ pullRequest, deliveryIds, ends }, cause) => {
      log('error', `could not review the configuration in ${formatRef(pullRequest)}`, { deliveryIds, cause });
      onGivenUp(deliveryIds);
      for (const end of ends) end();
    },
  });
  return {
    enqueue: (request) => queue.enqueue(refKey(request.pullRequest), { ...request, ends: [activity.begin()] }),
    hurry: queue.hurry,
  };
}
