import { setTimeout as sleep } from 'node:timers/promises';

/** How often a call that met a rate limit is repeated, and the longest wait before it. */
export const MAX_REPEATS = 3;
export const MAX_WAIT_SECONDS = 900;

/**
 * Repeats a GraphQL call that met the hourly limit, once that is over. The throttling plugin does so on github.com; on an
 * Enterprise Server it takes `/api/graphql` for a REST path and does not look into the answer, which is a 200.
 */
export async function waitForLimit<T>(call: () => Promise<T>): Promise<T> {
  for (let repeats = 0; ; repeats += 1) {
    try {
      return await call();
    } catch (error) {
      const seconds = secondsToWait(error);
      if (seconds === null || repeats >= MAX_REPEATS || seconds > MAX_WAIT_SECONDS) throw error;
      await sleep(seconds * 1000);
    }
  }
}

interface LimitedError {
  readonly errors: readonly { readonly type?: unknown }[];
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** Null when it is not such a limit; one second is added so that the repeat comes after the reset. */
function secondsToWait(error: unknown): number | null {
  if (!isGraphqlError(error) || !error.errors.some(({ type }) => type === 'RATE_LIMITED')) return null;
  const resetMs = Number(error.headers?.['x-ratelimit-reset']) * 1000;
  return resetMs > 0 ? Math.max(0, Math.ceil((resetMs - Date.now()) / 1000)) + 1 : 60;
}

function isGraphqlError(error: unknown): error is LimitedError {
  return (
    error instanceof Error && error.name === 'GraphqlResponseError' && 'errors' in error && Array.isArray(error.errors)
  );
}
