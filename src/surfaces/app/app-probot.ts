import { Probot, ProbotOctokit } from 'probot';
import { throttleOptions } from '../../github/throttle-options.ts';

interface ProbotSettings {
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly baseUrl: string;
  readonly pace: 'github' | 'sandbox';
}

type ProbotOctokitOptions = NonNullable<ConstructorParameters<typeof ProbotOctokit>[0]>;

/** Probot as it comes, with Parasol's pacing. Its own log is off: it would print whole payloads. */
export function createAppProbot({ appId, privateKey, webhookSecret, baseUrl, pace }: ProbotSettings): Probot {
  const throttle = throttleOptions({ pace });
  const retry = {
    retries: 2,
    doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
    retryAfterBaseValue: pace === 'sandbox' ? 20 : 1000,
  };
  // Only the function form reaches the throttling plugin: Probot's own defaults are applied after an object.
  const Octokit = ProbotOctokit.defaults((options: ProbotOctokitOptions) => ({
    ...options,
    auth: withBaseUrl(options.auth, baseUrl),
    userAgent: 'parasol',
    throttle: { ...options.throttle, ...throttle },
    retry,
  }));
  return new Probot({ appId, privateKey, secret: webhookSecret, baseUrl, Octokit, logLevel: 'fatal' });
}

/** Probot signs in at github.com when it is asked for a new token outside of a request; this sends it to its own GitHub. */
function withBaseUrl(auth: ProbotOctokitOptions['auth'], baseUrl: string): ProbotOctokitOptions['auth'] {
  return auth?.request?.defaults === undefined ? auth : { ...auth, request: auth.request.defaults({ baseUrl }) };
}
