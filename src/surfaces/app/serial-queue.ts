import { setTimeout as sleep } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';

export interface SerialQueueOptions<R> {
  /** How many keys of one group are worked on at once; groups do not wait for each other. */
  readonly concurrency: number;
  readonly groupOf: (request: R) => string;
  /** Runs of one key start at least this far apart. */
  readonly intervalMs: number;
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
  /** From now on runs of one key follow each other at once. */
  hurry(): void;
}

/**
 * Runs at most one request per key at a time: the first at once, the next when that one is over and the interval has
 * passed. Whatever arrives for a key meanwhile is merged into one request: nothing is lost, and a hundred requests during
 * one run and its interval make one more run.
 */
export function createSerialQueue<R>(options: SerialQueueOptions<R>): SerialQueue<R> {
  const waiting = new Map<string, R>();
  const running = new Set<string>();
  const limits = new Map<string, LimitFunction>();
  const patience = new AbortController();

  const limitOf = (key: string): LimitFunction => {
    const request = waiting.get(key);
    const group = request === undefined ? '' : options.groupOf(request);
    const limit = limits.get(group) ?? pLimit(options.concurrency);
    limits.set(group, limit);
    return limit;
  };

  const put = (key: string, request: R, isEarlier: boolean) => {
    const other = waiting.get(key);
    if (other === undefined) waiting.set(key, request);
    else waiting.set(key, isEarlier ? options.merge(request, other) : options.merge(other, request));
  };
  const drain = async (key: string) => {
    let failures = 0;
    while (waiting.has(key)) {
      let startedAt = 0;
      const failed = await limitOf(key)(() => {
        startedAt = Date.now();
        return runNext(key);
      });
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
      await pause(startedAt + options.intervalMs - Date.now());
    }
    running.delete(key);
  };
  const pause = async (ms: number) => {
    if (ms <= 0 || patience.signal.aborted) return;
    await sleep(ms, undefined, { ref: false, signal: patience.signal }).catch(() => {});
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
    hurry: () => patience.abort(),
  };
}
