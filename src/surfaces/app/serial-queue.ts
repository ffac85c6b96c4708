import { setTimeout as sleep } from 'node:timers/promises';
import pLimit from 'p-limit';

export interface SerialQueueOptions<R> {
  /** How many keys are worked on at once. */
  readonly concurrency: number;
  /** Waits before the second, third … attempt; when they are used up, `giveUp` is called. */
  readonly retryDelaysMs: readonly number[];
  readonly run: (request: R) => Promise<void>;
  /** One request that stands for both. */
  readonly merge: (earlier: R, later: R) => R;
  readonly isWorthRetrying: (cause: unknown) => boolean;
  readonly giveUp: (request: R, cause: unknown) => void;
}

interface SerialQueue<R> {
  enqueue(key: string, request: R): void;
}

/**
 * Runs at most one request per key at a time. Whatever arrives for a key meanwhile is merged into one request, which
 * runs afterwards: nothing is lost, and a hundred requests during one run make one more run.
 */
export function createSerialQueue<R>(options: SerialQueueOptions<R>): SerialQueue<R> {
  const waiting = new Map<string, R>();
  const running = new Set<string>();
  const limit = pLimit(options.concurrency);

  const put = (key: string, request: R, isEarlier: boolean) => {
    const other = waiting.get(key);
    if (other === undefined) waiting.set(key, request);
    else waiting.set(key, isEarlier ? options.merge(request, other) : options.merge(other, request));
  };
  const drain = async (key: string) => {
    let failures = 0;
    while (waiting.has(key)) {
      const failed = await limit(() => runNext(key));
      const delayMs = options.retryDelaysMs[failures];
      if (failed === null) failures = 0;
      else if (delayMs === undefined || !options.isWorthRetrying(failed.cause)) {
        failures = 0;
        options.giveUp(failed.request, failed.cause);
      } else {
        failures += 1;
        put(key, failed.request, true);
        await sleep(delayMs, undefined, { ref: false });
      }
    }
    running.delete(key);
  };
  /** Takes the request only when its turn has come, so that what arrives before is part of it. */
  const runNext = async (key: string): Promise<{ readonly request: R; readonly cause: unknown } | null> => {
    const request = waiting.get(key);
    if (request === undefined) return null;
    waiting.delete(key);
    try {
      await options.run(request);
      return null;
    } catch (cause) {
      return { request, cause };
    }
  };
  return {
    enqueue: (key, request) => {
      put(key, request, false);
      if (running.has(key)) return;
      running.add(key);
      void drain(key);
    },
  };
}
