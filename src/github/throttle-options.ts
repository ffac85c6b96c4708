import type { ThrottlingOptions } from '@octokit/plugin-throttling';
import Bottleneck from 'bottleneck';
import { MAX_REPEATS, MAX_WAIT_SECONDS } from './wait-for-limit.ts';

interface ThrottleChoice {
  /** `sandbox` drops the spacing; waiting after a limit stays. */
  readonly pace: 'github' | 'sandbox';
  /** Longest wait for a limit to end; after it the call fails as `rate_limited`. Default: 15 minutes. */
  readonly maxWaitSeconds?: number;
  /** How long a second lasts, in milliseconds: less than the default of 1000 where GitHub is a sandbox whose clock runs faster. */
  readonly secondMs?: number;
}

const MAX_CONCURRENT_REQUESTS = 10;

/**
 * Options for `@octokit/plugin-throttling`, for an Octokit made from a token and for Probot's.
 *
 * As it comes, the plugin counts a GraphQL query as a write, spaces writes by 1 s and comments by 3 s, and keeps one
 * queue for every installation that was given no `id`. These options give it queues of its own, keyed by `id` (Probot
 * sets the installation's), in which GraphQL reads run side by side and REST writes start at least 1 s apart, as GitHub
 * asks: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
 *
 * Measured over loopback by `npm run bench:throttle`, milliseconds, median of three runs on two busy cores:
 *
 *     | work                                        | as it comes | these options |
 *     | 10 GraphQL reads                            |       9,026 |            89 |
 *     | 3 comment edits                             |       2,019 |         2,026 |
 *     | 3 comments created                          |       6,030 |         2,047 |
 *     | one comment edit in each of 3 installations |       2,020 |            46 |
 *
 * At a primary or secondary limit a call waits as long as GitHub says and is repeated, at most three times.
 */
export function throttleOptions({
  pace,
  maxWaitSeconds = MAX_WAIT_SECONDS,
  secondMs = 1000,
}: ThrottleChoice): ThrottlingOptions {
  const spacing = (ms: number): Bottleneck.ConstructorOptions => ({
    maxConcurrent: 1,
    minTime: pace === 'sandbox' ? 0 : ms,
  });
  const waits: LimitHandler = (retryAfter, request, octokit, repeats) => {
    const willWait = repeats < MAX_REPEATS && retryAfter <= maxWaitSeconds;
    const what = `GitHub's rate limit reached by ${request.method} ${request.url}`;
    octokit.log.warn(willWait ? `${what}: waiting ${retryAfter} s` : `${what}: giving up, ${retryAfter} s to wait`);
    return willWait;
  };
  const options = {
    global: new Bottleneck.Group({ maxConcurrent: MAX_CONCURRENT_REQUESTS }),
    auth: new Bottleneck.Group({ maxConcurrent: 1 }),
    search: new Bottleneck.Group(spacing(2 * secondMs)),
    // The plugin queues REST writes and GraphQL queries here alike, so it must not space them …
    write: new Bottleneck.Group({ maxConcurrent: MAX_CONCURRENT_REQUESTS }),
    // … and what passes `triggersNotification` here as well: every REST write, never GraphQL. On an Enterprise Server
    // the plugin takes `/api/graphql` for a REST write, hence the path and not the plugin's own distinction.
    notifications: new Bottleneck.Group(spacing(secondMs)),
    triggersNotification: (pathname: string) => !pathname.endsWith('/graphql'),
    retryAfterBaseValue: secondMs,
    onRateLimit: waits,
    onSecondaryRateLimit: waits,
  };
  return options;
}

type LimitHandler = (
  retryAfter: number,
  request: { readonly method: string; readonly url: string },
  octokit: { readonly log: { readonly warn: (message: string) => unknown } },
  repeats: number,
) => boolean;
